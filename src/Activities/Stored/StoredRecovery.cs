using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Activities.Stored;

/// <summary>The recovered surveys of one region as an artifact: a table of numbers, one row a survey.</summary>
public static class StoredRecovery
{
    public const string Kind = "recovery";

    private const string Credibility = "credibility";

    public static Artifact Save(ArtifactStore store, JointRecovery recovery)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(recovery);
        double[] values = [.. recovery.Cases.SelectMany(one => (double[])[.. one.Truth, .. one.Mean, .. one.StandardDeviation, .. one.Ranks, .. one.UpperLimits, .. one.LowestTenth, one.Credibility])];
        var table = new NumericTable([.. Columns(recovery.Names), Credibility], values);
        return store.SaveFile(Kind, 2, path => ParquetTable.WriteNumbers(path, table));
    }

    public static JointRecovery Load(ArtifactStore store, Artifact artifact, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(names);
        store.OpenAs(artifact, Kind).Dispose();
        var table = ParquetTable.ReadNumbers(store.PathOf(artifact));
        var ordered = table.Select([.. Columns(names).Append(Credibility).Select(column => table.Columns.ToList().IndexOf(column))]);
        return JointRecovery.Of(names, [.. Enumerable.Range(0, ordered.RowCount).Select(row => Case(ordered.Row(row), names.Count))]);
    }

    private static RecoveredCase Case(ReadOnlySpan<double> row, int parameters)
        => new(Part(row, 0, parameters), Part(row, 1, parameters), Part(row, 2, parameters), Part(row, 3, parameters), row[6 * parameters], Part(row, 4, parameters), Part(row, 5, parameters));

    private static double[] Part(ReadOnlySpan<double> row, int index, int parameters) => row.Slice(index * parameters, parameters).ToArray();

    private static IEnumerable<string> Columns(IReadOnlyList<string> names) => ((string[])["true", "mean", "std", "rank", "upper95", "lowest_tenth"]).SelectMany(kind => names.Select(name => $"{kind}_{name}"));
}
