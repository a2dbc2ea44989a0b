using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The table of the populations of a run's clusters: population.parquet.</summary>
public static class PopulationTable
{
    internal const string Name = "population.parquet";

    /// <summary>Writes the populations: the whole sample first, then the groups as the settings declare them, regions in the order of the settings.</summary>
    public static void Write(SurveyRun run, IEnumerable<PopulationSummary> populations)
    {
        ArgumentNullException.ThrowIfNull(run);
        var regions = run.Settings.Regions.Select(region => region.Name).ToList();
        var groups = run.Division.Groupings.SelectMany(grouping => grouping.Groups.Select(group => (grouping.Name, group.Name))).Prepend(("", "all")).ToList();
        var ordered = populations.OrderBy(population => groups.IndexOf((population.Grouping, population.Group))).ThenBy(population => regions.IndexOf(population.Region));
        RunTable.Write(run.Folder.FileAt(Name), [.. ordered.Select(Row)]);
    }

    /// <summary>What a run has written; empty for a run of an earlier version, or of a definition that infers none.</summary>
    public static IReadOnlyList<PopulationRow> Read(SurveyRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var path = run.Folder.FileAt(Name);
        return File.Exists(path) ? RunTable.Read<PopulationRow>(path) : [];
    }

    private static PopulationRow Row(PopulationSummary population) => new()
    {
        Grouping = population.Grouping, Subsample = population.Group, Region = population.Region, Clusters = population.Clusters.Count, ClusterNames = string.Join(';', population.Clusters),
        MeanLog10Sigma = RunTables.IntervalOf(population.Means[0]), ScatterLog10Sigma = RunTables.IntervalOf(population.Scatters[0]),
        MeanLog10InjectionScale = RunTables.IntervalOf(population.Means[1]), ScatterLog10InjectionScale = RunTables.IntervalOf(population.Scatters[1]),
        MeanSlope = RunTables.IntervalOf(population.Means[2]), ScatterSlope = RunTables.IntervalOf(population.Scatters[2]), Converged = population.Converged, CommonError = population.CommonError?.OfPosterior(),
    };
}
