namespace ClusterSurvey.Inference.Trends;

/// <summary>Spearman's rank correlation: the correlation of the ranks of two quantities, tied values with the mean of their ranks.</summary>
public static class RankCorrelation
{
    /// <summary>The correlation, -1 to 1; NaN where one of the quantities is the same for all.</summary>
    /// <exception cref="ArgumentException">Lengths that differ, or fewer than two values.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length || x.Length < 2) throw new ArgumentException($"{x.Length} and {y.Length} values: a correlation needs two or more pairs", nameof(y));
        return Cosine(CentredRanks(x), CentredRanks(y));
    }

    private static double[] CentredRanks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var first = 0; first < sorted.Length;)
        {
            var last = first;
            while (last + 1 < sorted.Length && sorted[last + 1].Equals(sorted[first])) last++;
            for (var i = first; i <= last; i++) ranks[order[i]] = 0.5 * (first + last) - 0.5 * (sorted.Length - 1);
            first = last + 1;
        }
        return ranks;
    }

    private static double Cosine(double[] a, double[] b)
    {
        var (product, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return product / Math.Sqrt(squareA * squareB);
    }
}
