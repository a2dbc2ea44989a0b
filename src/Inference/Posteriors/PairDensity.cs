namespace ClusterSurvey.Inference.Posteriors;

/// <summary>The joint density of two parameters on their grid, for the panels of a corner plot.</summary>
public sealed class PairDensity
{
    private readonly double[] density;

    internal PairDensity(GridAxis first, GridAxis second, double[] unnormalised)
    {
        (First, Second, density) = (first, second, unnormalised);
        var total = 0.0;
        for (var i = 0; i < density.Length; i++) total += density[i] * Weight(i);
        for (var i = 0; i < density.Length; i++) density[i] /= total;
    }

    /// <summary>The axis of the rows.</summary>
    public GridAxis First { get; }

    /// <summary>The axis of the columns.</summary>
    public GridAxis Second { get; }

    /// <summary>The density at the nodes, <see cref="First"/> x <see cref="Second"/> row by row, per unit of both parameters.</summary>
    public ReadOnlySpan<double> Density => density;

    /// <summary>The density on the contour that holds <paramref name="probability"/> of the mass within: the level to draw.</summary>
    public double CredibleLevel(double probability)
    {
        var weights = new double[density.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = Weight(i);
        return HighestDensity.Find(density, weights, probability).Level;
    }

    private double Weight(int node)
    {
        var (i, j) = Math.DivRem(node, Second.Count);
        var edges = (i == 0 || i == First.Count - 1 ? 0.5 : 1) * (j == 0 || j == Second.Count - 1 ? 0.5 : 1);
        return edges * First.Step * Second.Step;
    }
}
