namespace ClusterSurvey.Physics.Simulation;

/// <summary>Transform lengths that factor into 2, 3, 5 and 7, where FFT libraries are fast.</summary>
internal static class FastSize
{
    /// <summary>The smallest even fast length that is not below <paramref name="length"/>.</summary>
    public static int AtLeast(int length)
    {
        var size = Math.Max(2, length + (length & 1));
        while (!IsSmooth(size)) size += 2;
        return size;
    }

    private static bool IsSmooth(int size)
    {
        foreach (var prime in (ReadOnlySpan<int>)[2, 3, 5, 7])
            while (size % prime == 0) size /= prime;
        return size == 1;
    }
}
