namespace ClusterSurvey.Inference.Posteriors;

/// <summary>The smallest region that holds a probability: every point within is denser than every point without.</summary>
/// <param name="Level">The density on its border, per unit volume of the parameters.</param>
/// <param name="Volume">Its volume in the units of the parameters.</param>
public readonly record struct HighestDensity(double Level, double Volume)
{
    internal static HighestDensity Find(ReadOnlySpan<double> density, ReadOnlySpan<double> weights, double probability)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "the probability of a region lies strictly between 0 and 1");
        var order = density.ToArray();
        var volumes = weights.ToArray();
        Array.Sort(order, volumes);
        double total = 0, mass = 0, volume = 0;
        for (var i = 0; i < order.Length; i++) total += order[i] * volumes[i];
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var here = order[i] * volumes[i];
            if (mass + here >= probability * total) return new(order[i], volume + volumes[i] * (probability * total - mass) / here);
            mass += here;
            volume += volumes[i];
        }
        return new(order[0], volume);
    }
}
