namespace ClusterSurvey.Inference.Posteriors;

/// <summary>The density of one parameter, linear between the nodes of a grid and normalised.</summary>
public sealed class MarginalDensity
{
    private readonly double[] density, cumulative;

    internal MarginalDensity(GridAxis axis, double[] unnormalised)
    {
        Axis = axis;
        density = unnormalised;
        cumulative = new double[density.Length];
        for (var i = 1; i < density.Length; i++) cumulative[i] = cumulative[i - 1] + 0.5 * axis.Step * (density[i - 1] + density[i]);
        var total = cumulative[^1];
        for (var i = 0; i < density.Length; i++) (density[i], cumulative[i]) = (density[i] / total, cumulative[i] / total);
        (Mean, StandardDeviation) = Moments();
    }

    /// <summary>The nodes.</summary>
    public GridAxis Axis { get; }

    /// <summary>The density at the nodes, per unit of the parameter.</summary>
    public ReadOnlySpan<double> Density => density;

    /// <summary>Expectation.</summary>
    public double Mean { get; }

    /// <summary>Square root of the variance.</summary>
    public double StandardDeviation { get; }

    /// <summary>The probability of a value below <paramref name="value"/>.</summary>
    public double Cumulative(double value)
    {
        var u = (value - Axis.Low) / Axis.Step;
        if (!(u > 0)) return 0;
        if (u >= density.Length - 1) return 1;
        var cell = (int)u;
        var t = u - cell;
        return cumulative[cell] + Axis.Step * t * (density[cell] + 0.5 * t * (density[cell + 1] - density[cell]));
    }

    /// <summary>The value below which lies <paramref name="probability"/>, exact for the piecewise linear density.</summary>
    public double Quantile(double probability)
    {
        if (probability is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability lies between 0 and 1");
        var after = Array.BinarySearch(cumulative, probability);
        if (after >= 0) return Axis.Node(after);
        var cell = Math.Min(~after, density.Length - 1) - 1;
        var inCell = cumulative[cell + 1] - cumulative[cell];
        var share = inCell > 0 ? (probability - cumulative[cell]) / inCell : 0;
        return Axis.Node(cell) + Axis.Step * LinearDensity.Quantile(density[cell], density[cell + 1], share);
    }

    /// <summary>Median, central intervals, mean and standard deviation.</summary>
    public ParameterSummary Summarize() => ParameterSummary.Of(Quantile, Mean, StandardDeviation);

    // A linear piece from a to b over a cell h: first moment h (a/2 + b/2) x0 + h^2 (a/6 + b/3), second alike.
    private (double Mean, double StandardDeviation) Moments()
    {
        double h = Axis.Step, first = 0, second = 0;
        var origin = Axis.Node(density.Length / 2);
        for (var i = 0; i + 1 < density.Length; i++)
        {
            double a = density[i], b = density[i + 1], x = Axis.Node(i) - origin;
            var (m0, m1, m2) = (0.5 * (a + b), a / 6 + b / 3, a / 12 + b / 4);
            first += h * (m0 * x + h * m1);
            second += h * (m0 * x * x + 2 * x * h * m1 + h * h * m2);
        }
        return (origin + first, Math.Sqrt(Math.Max(0, second - first * first)));
    }
}
