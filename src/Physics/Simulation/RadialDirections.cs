namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// The directions of a refit where the mean model is not known: the cluster's profile times a function of the elliptical radius, linear
/// between five knots (0, 0.1, 0.25, 0.5 and 1 R500, constant beyond), as many degrees of freedom as a profile has radial parameters.
/// </summary>
internal static class RadialDirections
{
    private static readonly double[] Knots = [0, 0.1, 0.25, 0.5, 1];

    /// <param name="radius">Elliptical radius per pixel, R500.</param>
    /// <param name="cluster">Expected counts of the cluster alone.</param>
    public static IReadOnlyList<double[]> Of(ReadOnlySpan<double> radius, ReadOnlySpan<double> cluster)
    {
        var length = radius.Length;
        var directions = Knots.Select(_ => new double[length]).ToArray();
        for (var i = 0; i < radius.Length; i++)
        {
            var (knot, weight) = Locate(radius[i]);
            directions[knot][i] = cluster[i] * (1 - weight);
            directions[knot + 1][i] = cluster[i] * weight;
        }
        return directions;
    }

    private static (int Knot, double Weight) Locate(double radius)
    {
        var knot = 0;
        while (knot < Knots.Length - 2 && radius >= Knots[knot + 1]) knot++;
        return (knot, Math.Min(1, (radius - Knots[knot]) / (Knots[knot + 1] - Knots[knot])));
    }
}
