using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Trends;

namespace ClusterSurvey.Activities.Survey;

/// <summary>How sigma of the clusters of a run goes with what is known of them.</summary>
public static class SurveyTrends
{
    /// <summary>The table's place in a run's folder.</summary>
    public const string Table = "trends.parquet";

    /// <summary>Every quantity in every region, in the order of the settings; clusters that the settings exclude are left out.</summary>
    /// <param name="run">A run whose clusters are published.</param>
    /// <param name="seed">Origin of draws: each trend's depend on the names of its region and quantity alone.</param>
    /// <param name="populations">The populations of the whole sample, region by region; a region without one has the prior in its place.</param>
    public static IReadOnlyList<TrendRow> Of(SurveyRun run, Seed seed, IReadOnlyDictionary<string, PopulationSummary> populations)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(populations);
        return [.. run.Settings.Regions.SelectMany(region => InRegion(run, seed.Derive("trends").Derive(region.Name), region.Name, populations.GetValueOrDefault(region.Name)))];
    }

    private static IEnumerable<TrendRow> InRegion(SurveyRun run, Seed seed, string region, PopulationSummary? population)
    {
        var counted = run.Clusters.Where(cluster => run.Counted.Names.Contains(cluster.Name) && cluster.Products.Cubes.ContainsKey(region)).ToDictionary(cluster => cluster.Name, cluster => cluster.Products.Cubes[region]);
        var clusters = ParallelWork.Each([.. run.Counted.Rows.Where(row => counted.ContainsKey(row.Name))], row => (Row: row, Likelihood: OfLog10Sigma(run, StoredCube.Load(run.Store, counted[row.Name]), population)));
        var rows = ParallelWork.Each(SampleQuantity.All, quantity => Row(run, seed.Derive(quantity.Name), region, quantity, clusters));
        var tested = rows.Where(row => row.PValue is not null).ToArray();
        var adjusted = Holm.Adjust([.. tested.Select(row => row.PValue!.Value)]);
        return rows.Select(row => Array.IndexOf(tested, row) is >= 0 and var place ? row with { PValueHolm = adjusted[place] } : row);
    }

    // The likelihood of sigma alone: the other parameters are those of the population, as far as it is known, or else of the prior.
    private static MarginalDensity OfLog10Sigma(SurveyRun run, LikelihoodCube cube, PopulationSummary? population)
    {
        PriorDistribution Of(int parameter)
        {
            var axis = cube.Grid.Axes[parameter];
            if (parameter == 0) return new UniformDistribution(axis.Low, axis.High);
            if (population is null) return run.Prior[parameter];
            var (mean, scatter) = (population.Means[parameter], population.Scatters[parameter].Median);
            return new TruncatedNormalDistribution(mean.Median, Math.Sqrt(mean.StandardDeviation * mean.StandardDeviation + scatter * scatter), axis.Low, axis.High);
        }
        var prior = new Prior(cube.Grid.Axes.Select((axis, parameter) => new PriorParameter(axis.Name, Of(parameter))));
        return GridPosterior.From(prior, cube).Marginal(0);
    }

    private static TrendRow Row(SurveyRun run, Seed seed, string region, SampleQuantity quantity, IReadOnlyList<(SampleRow Row, MarginalDensity Likelihood)> clusters)
    {
        var known = clusters.Where(cluster => quantity.Of(cluster.Row) is not null).ToArray();
        double[] values = [.. known.Select(cluster => quantity.Of(cluster.Row)!.Value)];
        var sigma = run.Prior[0];
        var trend = Trend.IsIn(values) ? Trend.Of(seed, values, [.. known.Select(cluster => cluster.Likelihood)], sigma.Low, sigma.High) : null;
        return new TrendRow
        {
            Region = region, Quantity = quantity.Name, QuantityUnit = quantity.Unit, Clusters = known.Length,
            ClusterNames = string.Join(';', known.Select(cluster => cluster.Row.Name)), Measured = known.Count(cluster => IsMeasured(run.Morphology, cluster.Row.Name, quantity)),
            LeftOut = string.Join(';', clusters.Select(cluster => cluster.Row.Name).Except(known.Select(cluster => cluster.Row.Name))),
            Correlation = IntervalOf(trend?.Correlation), PValue = trend?.PValue, PValueHolm = null, Slope = IntervalOf(trend?.Slope), IntrinsicScatter = IntervalOf(trend?.Scatter),
            SpearmanDraws = IntervalOf(trend?.SpearmanOfDraws), Pivot = trend?.Pivot, Level = trend?.Level, Converged = trend?.Converged,
        };
    }

    /// <summary>Whether a cluster's quantity was measured on its maps.</summary>
    internal static bool IsMeasured(SampleMorphology morphology, string cluster, SampleQuantity quantity) =>
        SampleMorphology.Columns.Contains(quantity.Column) && morphology.Of(cluster, quantity.Column).Source == SampleMorphology.Measured;

    private static Interval? IntervalOf(Interval68? interval) => interval is { } known ? new Interval(known.Median, known.Low, known.High) : null;
}
