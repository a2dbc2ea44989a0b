using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Runner.Runs;

/// <summary>A marginal posterior in two runs.</summary>
/// <param name="Subject">The cluster, or the sub-sample.</param>
/// <param name="Region">The region.</param>
/// <param name="Parameter">The stem of its columns in the tables: log10_sigma.</param>
/// <param name="Left">Median and 68 % interval of the one run; null when it has none.</param>
/// <param name="Right">Those of the other.</param>
public sealed record PosteriorShift(string Subject, string Region, string Parameter, Interval? Left, Interval? Right)
{
    /// <summary>
    /// How far the median moved from left to right, in units of the combined width sqrt(w1^2 + w2^2), w half of the 68 % interval; null when one
    /// run has no posterior, or neither has a width. Of runs over the same maps it is a measure of size, not of significance: their noise is shared.
    /// </summary>
    public double? Sigmas
    {
        get
        {
            if (Left is not { } left || Right is not { } right) return null;
            var moved = right.Median - left.Median;
            var width = Math.Sqrt(Math.Pow(HalfWidth(left), 2) + Math.Pow(HalfWidth(right), 2));
            var sigmas = moved / width;
            return double.IsFinite(sigmas) ? sigmas : null;
        }
    }

    private static double HalfWidth(Interval interval) => (interval.High68 - interval.Low68) / 2;
}
