using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Trends;

namespace ClusterSurvey.Activities.Survey;

/// <summary>How sigma of the clusters of a run goes with what is known of them.</summary>
public static class SurveyTrends
{
    /// <summary>The table's place in a run's folder.</summary>
    public const string Table = "trends.parquet";

    /// <summary>Every quantity in every region, in the order of the settings; clusters that the settings exclude are left out.</summary>
    /// <param name="run">A run whose clusters are published.</param>
    /// <param name="seed">Origin of pairings and resamples: each trend's depend on the names of its region and quantity alone.</param>
    public static IReadOnlyList<TrendRow> Of(SurveyRun run, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        var posteriors = run.Clusters.Where(cluster => run.Counted.Names.Contains(cluster.Name)).ToDictionary(cluster => cluster.Name, cluster => StoredPosteriors.Load(run.Store, cluster.Products.Posteriors));
        return [.. run.Settings.Regions.SelectMany(region => InRegion(run, seed.Derive("trends").Derive(region.Name), region.Name, posteriors))];
    }

    private static IEnumerable<TrendRow> InRegion(SurveyRun run, Seed seed, string region, Dictionary<string, StoredPosteriors> posteriors)
    {
        var clusters = run.Counted.Rows.Where(row => posteriors.TryGetValue(row.Name, out var known) && known.Of(region) is not null)
            .Select(row => (Row: row, Draws: Log10Sigma(posteriors[row.Name].Of(region)!))).ToArray();
        var rows = SampleQuantity.All.Select(quantity => Row(run, seed.Derive(quantity.Name), region, quantity, clusters)).ToArray();
        var tested = rows.Where(row => row.PValue is not null).ToArray();
        var adjusted = Holm.Adjust([.. tested.Select(row => row.PValue!.Value)]);
        return rows.Select(row => Array.IndexOf(tested, row) is >= 0 and var place ? row with { PValueHolm = adjusted[place] } : row);
    }

    private static TrendRow Row(SurveyRun run, Seed seed, string region, SampleQuantity quantity, (SampleRow Row, double[] Draws)[] clusters)
    {
        var known = clusters.Where(cluster => quantity.Of(cluster.Row) is not null).ToArray();
        double[] values = [.. known.Select(cluster => quantity.Of(cluster.Row)!.Value)];
        var trend = Trend.IsIn(values) ? Trend.Of(seed, values, [.. known.Select(cluster => cluster.Draws)]) : null;
        return new TrendRow
        {
            Region = region, Quantity = quantity.Name, QuantityUnit = quantity.Unit, Clusters = known.Length,
            ClusterNames = string.Join(';', known.Select(cluster => cluster.Row.Name)), Measured = known.Count(cluster => IsMeasured(run.Morphology, cluster.Row.Name, quantity)),
            LeftOut = string.Join(';', clusters.Select(cluster => cluster.Row.Name).Except(known.Select(cluster => cluster.Row.Name))),
            Spearman = trend?.Spearman, SpearmanDraws = IntervalOf(trend?.SpearmanOfDraws), SpearmanClusters = IntervalOf(trend?.SpearmanOfObjects),
            PValue = trend?.PValue, PValueHolm = null, Slope = IntervalOf(trend?.Slope), SlopeClusters = IntervalOf(trend?.SlopeOfObjects),
            IntrinsicScatter = IntervalOf(trend?.Scatter), Pivot = trend?.Pivot, Level = trend?.Level,
        };
    }

    /// <summary>Whether a cluster's quantity was measured on its maps.</summary>
    internal static bool IsMeasured(SampleMorphology morphology, string cluster, SampleQuantity quantity) =>
        SampleMorphology.Columns.Contains(quantity.Column) && morphology.Of(cluster, quantity.Column).Source == SampleMorphology.Measured;

    private static double[] Log10Sigma(RegionPosterior posterior) => [.. Enumerable.Range(0, posterior.Draws.Length / 3).Select(i => posterior.Draws[3 * i])];

    private static Interval? IntervalOf(Interval68? interval) => interval is { } known ? new Interval(known.Median, known.Low, known.High) : null;
}
