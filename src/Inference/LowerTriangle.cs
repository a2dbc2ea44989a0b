namespace ClusterSurvey.Inference;

/// <summary>The lower triangle L of a scale matrix L L^T, row by row.</summary>
internal static class LowerTriangle
{
    /// <summary>(x - centre)^T (L L^T)^-1 (x - centre).</summary>
    public static double SquaredDistance(ReadOnlySpan<double> factor, ReadOnlySpan<double> centre, ReadOnlySpan<double> x)
    {
        var d = centre.Length;
        Span<double> solved = d <= 128 ? stackalloc double[d] : new double[d];
        var distance = 0.0;
        for (var i = 0; i < d; i++)
        {
            var sum = x[i] - centre[i];
            for (var k = 0; k < i; k++) sum -= factor[i * d + k] * solved[k];
            solved[i] = sum / factor[i * d + i];
            distance += solved[i] * solved[i];
        }
        return distance;
    }
}
