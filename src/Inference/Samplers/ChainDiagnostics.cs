namespace ClusterSurvey.Inference.Samplers;

/// <summary>Measures of how well chains of one number have mixed.</summary>
public static class ChainDiagnostics
{
    /// <summary>
    /// The integrated autocorrelation time tau = 1 + 2 sum rho(t) in steps, rho averaged over the walkers about their
    /// common mean, summed to the first t above 5 tau(t) (Sokal 1997; Goodman and Weare 2010).
    /// </summary>
    /// <param name="walkers">The series of every walker, of equal lengths; none may be constant together with all others.</param>
    /// <exception cref="ArgumentException">No walkers or fewer than two steps.</exception>
    public static double AutocorrelationTime(IReadOnlyList<double[]> walkers)
    {
        ArgumentNullException.ThrowIfNull(walkers);
        if (walkers.Count == 0 || walkers[0].Length < 2) throw new ArgumentException("an autocorrelation time needs a walker with two steps or more", nameof(walkers));
        var steps = walkers[0].Length;
        var mean = walkers.Average(walker => walker.Average());
        var centred = walkers.Select(walker => Array.ConvertAll(walker, value => value - mean)).ToArray();
        var variance = Autocovariance(centred, 0);
        if (variance == 0) return steps;
        var tau = 1.0;
        for (var t = 1; t < steps && t < 5 * tau; t++) tau += 2 * Autocovariance(centred, t) / variance;
        // An anticorrelated chain is worth no more than independent draws.
        return Math.Max(1, tau);
    }

    /// <summary>
    /// Split R-hat (Gelman et al. 2013, section 11.4): the pooled standard deviation over the one within chains, where
    /// the walkers of one ensemble, which depend on each other, make one chain, cut into a first and a second half.
    /// </summary>
    /// <param name="walkers">The series of every walker, ensemble after ensemble.</param>
    /// <param name="walkersPerEnsemble">Walkers that make one chain.</param>
    /// <returns>1 for chains that agree; above 1.01 they have not mixed.</returns>
    public static double SplitRHat(IReadOnlyList<double[]> walkers, int walkersPerEnsemble)
    {
        ArgumentNullException.ThrowIfNull(walkers);
        if (walkersPerEnsemble < 1 || walkers.Count % walkersPerEnsemble != 0) throw new ArgumentException($"{walkers.Count} walkers are no ensembles of {walkersPerEnsemble}", nameof(walkersPerEnsemble));
        var steps = walkers[0].Length / 2;
        var means = new List<double>();
        var within = 0.0;
        for (var first = 0; first < walkers.Count; first += walkersPerEnsemble)
        {
            foreach (var start in (int[])[0, walkers[0].Length - steps])
            {
                var chain = Enumerable.Range(first, walkersPerEnsemble).SelectMany(w => walkers[w].AsSpan(start, steps).ToArray()).ToArray();
                var mean = chain.Average();
                means.Add(mean);
                within += chain.Sum(value => (value - mean) * (value - mean)) / (chain.Length - 1);
            }
        }
        within /= means.Count;
        var centre = means.Average();
        var between = means.Sum(mean => (mean - centre) * (mean - centre)) / (means.Count - 1);
        var n = (double)steps * walkersPerEnsemble;
        return within == 0 ? (between == 0 ? 1 : double.PositiveInfinity) : Math.Sqrt((n - 1) / n + between / within);
    }

    private static double Autocovariance(double[][] centred, int lag)
    {
        var sum = 0.0;
        var length = centred[0].Length - lag;
        foreach (var walker in centred) sum += Dot(walker.AsSpan(0, length), walker.AsSpan(lag, length));
        // Divided by the full length: biased towards zero, but never wild at long lags.
        return sum / ((double)centred.Length * centred[0].Length);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sums = System.Numerics.Vector<double>.Zero;
        var width = System.Numerics.Vector<double>.Count;
        var i = 0;
        for (; i <= a.Length - width; i += width) sums += new System.Numerics.Vector<double>(a[i..]) * new System.Numerics.Vector<double>(b[i..]);
        var sum = System.Numerics.Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
