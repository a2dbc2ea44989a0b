namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The real space in which the mean model is fitted: shear (2), offset (2), then the logit of each bounded parameter's place in its range.
/// Shear a = lambda cos 2 angle, b = -lambda sin 2 angle with exp(-2 lambda) = 1 - e^2 is regular at the circle, where angle and e are not.
/// </summary>
internal sealed class UnconstrainedSpace(MeanModelPriors priors)
{
    public const int Dimension = 10;

    /// <summary>Index of the first logit.</summary>
    public const int Bounded = 4;

    private const double HighestEccentricity = 0.99;

    private readonly PriorRange[] ranges = priors.Ranges;

    public MeanModelParameters ToParameters(ReadOnlySpan<double> u)
    {
        var shear = Math.Sqrt(u[0] * u[0] + u[1] * u[1]);
        return MeanModelParameters.FromArray(
        [
            shear == 0 ? 0 : Math.Atan2(-u[1], u[0]) / 2, Math.Min(HighestEccentricity, Math.Sqrt(1 - Math.Exp(-2 * shear))), u[2], u[3],
            Value(u, 4), Value(u, 5), Value(u, 6), Value(u, 7), Value(u, 8), Value(u, 9),
        ]);
    }

    public double[] FromParameters(MeanModelParameters parameters)
    {
        var values = parameters.ToArray();
        var shear = -0.5 * Math.Log(1 - parameters.Eccentricity * parameters.Eccentricity);
        var (sin, cos) = Math.SinCos(2 * parameters.Angle);
        double[] u = [shear * cos, -shear * sin, parameters.OffsetX, parameters.OffsetY, 0, 0, 0, 0, 0, 0];
        for (var i = Bounded; i < Dimension; i++) u[i] = Logit(values[i], ranges[i - Bounded]);
        return u;
    }

    /// <summary>The bounded parameter i: low + (high - low) / (1 + exp(-u)).</summary>
    public double Value(ReadOnlySpan<double> u, int i)
    {
        var range = ranges[i - Bounded];
        return range.Low + (range.High - range.Low) * Place(u[i]);
    }

    /// <summary>d(parameter) / du of the bounded parameter i.</summary>
    public double Stretch(ReadOnlySpan<double> u, int i)
    {
        var range = ranges[i - Bounded];
        var place = Place(u[i]);
        return (range.High - range.Low) * place * (1 - place);
    }

    /// <summary>Minus the log of the prior density in this space, with its gradient and (diagonal, positive) Hessian added to what is there.</summary>
    public double AddPrior(ReadOnlySpan<double> u, Span<double> gradient, double[,] hessian)
    {
        var sum = 0.0;
        for (var i = 0; i < Bounded; i++)
        {
            var precision = Math.Pow(i < 2 ? priors.ShearDeviation : priors.OffsetDeviationR500, -2);
            sum += 0.5 * precision * u[i] * u[i];
            gradient[i] += precision * u[i];
            hessian[i, i] += precision;
        }
        for (var i = Bounded; i < Dimension; i++)
        {
            var place = Place(u[i]);
            // A uniform density in the range is logistic in its logit.
            sum += Math.Abs(u[i]) + 2 * Math.Log(1 + Math.Exp(-Math.Abs(u[i])));
            gradient[i] += 2 * place - 1;
            hessian[i, i] += 2 * place * (1 - place);
        }
        return sum;
    }

    /// <summary>How near to the ends of its range a bounded parameter is: 0 at an end, 0.5 in the middle.</summary>
    public static double Margin(ReadOnlySpan<double> u, int i) => Place(-Math.Abs(u[i]));

    private static double Logit(double value, PriorRange range)
    {
        var place = Math.Clamp((value - range.Low) / (range.High - range.Low), 1e-4, 1 - 1e-4);
        return Math.Log(place / (1 - place));
    }

    private static double Place(double u) => 1 / (1 + Math.Exp(-u));
}
