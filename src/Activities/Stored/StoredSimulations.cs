using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Stored;

/// <summary>A table of simulations, read from its artifact.</summary>
public sealed class StoredSimulations
{
    public const string Kind = "simulations";

    private readonly NumericTable table;

    private StoredSimulations(NumericTable table) => this.table = table;

    public static StoredSimulations Load(ArtifactStore store, Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.OpenAs(artifact, Kind).Dispose();
        return new StoredSimulations(ParquetTable.ReadNumbers(store.PathOf(artifact)));
    }

    /// <summary>Pairs (theta, S) of one region; simulations that share a random field are one group.</summary>
    public ISimulationPairs Pairs(string region) => new TablePairs(table.Select(Positions(TurbulenceParameters.Names)), Summaries(region));

    /// <summary>The parameters of every simulation.</summary>
    public NumericTable Parameters() => table.Select(Positions(TurbulenceParameters.Names));

    /// <summary>The S vectors of one region.</summary>
    public NumericTable Summaries(string region)
    {
        var start = $"s_{region}_";
        return table.Select(Positions([.. table.Columns.Where(IsScale)]));

        bool IsScale(string column)
            => column.StartsWith(start, StringComparison.Ordinal) && column.AsSpan(start.Length).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private int[] Positions(IReadOnlyList<string> names) => [.. names.Select(name => table.Columns.ToList().IndexOf(name))];
}
