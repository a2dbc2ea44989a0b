using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Tests of accuracy with random points (Lemos et al. 2023): the fraction of draws nearer to a reference point than the
/// truth is uniform for right posteriors. Tested on those fractions themselves, not on the curve made of them.
/// References that do not depend on the data make the test blind to some errors, a constant shift among them.
/// </summary>
public static class Tarp
{
    /// <summary>Reference points uniform over the box that the true parameters span, one a case.</summary>
    /// <returns>Points row by row, cases x parameters.</returns>
    public static double[] References(Seed seed, CalibrationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var stream = seed.Stream();
        var (low, high) = Range(set);
        var references = new double[set.CaseCount * set.ParameterCount];
        for (var i = 0; i < references.Length; i++) references[i] = stream.NextUniform(low[i % low.Length], high[i % low.Length]);
        return references;
    }

    /// <summary>For each case the fraction of draws that are nearer to the reference than the truth.</summary>
    /// <param name="set">The cases.</param>
    /// <param name="references">One reference a case, row by row.</param>
    /// <param name="scales">Divides each parameter before distances are taken; empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double[] Coverage(CalibrationSet set, ReadOnlySpan<double> references, ReadOnlySpan<double> scales = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Array.ConvertAll(Ranks(set, references, scales), rank => (double)rank / set.DrawCount);
    }

    /// <summary>The fractions with random references, distances in units of each parameter's range, spread to be uniform for right posteriors.</summary>
    /// <param name="seed">Seed of the references and of the spread.</param>
    /// <param name="set">The cases.</param>
    public static double[] UniformCoverage(Seed seed, CalibrationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var (low, high) = Range(set);
        var scales = low.Zip(high, (a, b) => b > a ? b - a : 1).ToArray();
        return SimulationBasedCalibration.Spread(seed.Derive("spread"), Ranks(set, References(seed.Derive("references"), set), scales), set.DrawCount);
    }

    private static int[] Ranks(CalibrationSet set, ReadOnlySpan<double> references, ReadOnlySpan<double> scales)
    {
        var d = set.ParameterCount;
        if (references.Length != set.CaseCount * d) throw new ArgumentException($"{references.Length} reference values, {set.CaseCount} cases of {d} parameters need {set.CaseCount * d}", nameof(references));
        if (!scales.IsEmpty && scales.Length != d) throw new ArgumentException($"{scales.Length} scales for {d} parameters", nameof(scales));
        var ranks = new int[set.CaseCount];
        for (var i = 0; i < ranks.Length; i++)
        {
            var reference = references.Slice(i * d, d);
            var truth = SquaredDistance(set.Truth(i), reference, scales);
            for (var draw = 0; draw < set.DrawCount; draw++) if (SquaredDistance(set.Draw(draw, i), reference, scales) < truth) ranks[i]++;
        }
        return ranks;
    }

    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> scales)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = scales.IsEmpty ? a[i] - b[i] : (a[i] - b[i]) / scales[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static (double[] Low, double[] High) Range(CalibrationSet set)
    {
        double[] low = set.Truth(0).ToArray(), high = set.Truth(0).ToArray();
        for (var i = 1; i < set.CaseCount; i++)
        {
            var truth = set.Truth(i);
            for (var j = 0; j < low.Length; j++) (low[j], high[j]) = (Math.Min(low[j], truth[j]), Math.Max(high[j], truth[j]));
        }
        return (low, high);
    }
}
