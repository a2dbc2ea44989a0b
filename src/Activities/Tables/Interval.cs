namespace ClusterSurvey.Activities.Tables;

/// <summary>A posterior in three numbers; in a table the columns stem_median, stem_low68 and stem_high68.</summary>
/// <param name="Median">The median.</param>
/// <param name="Low68">Quantile 0.16.</param>
/// <param name="High68">Quantile 0.84.</param>
public readonly record struct Interval(double Median, double Low68, double High68)
{
    internal static IReadOnlyList<string> Suffixes { get; } = ["_median", "_low68", "_high68"];

    internal double this[int part] => part switch { 0 => Median, 1 => Low68, _ => High68 };
}
