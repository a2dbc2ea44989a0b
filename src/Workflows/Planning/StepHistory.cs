using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Planning;

/// <summary>What earlier runs tell of the steps of the next: the keys they had, how long they took, how much they stored.</summary>
internal sealed class StepHistory
{
    private readonly ArtifactStore store;
    private readonly Dictionary<(string Label, string ActivityId), StepRecord> last = [];
    private readonly ILookup<string, StepRecord> computed;

    /// <param name="records">The steps of earlier runs, the newest first.</param>
    /// <param name="store">Where their results are.</param>
    public StepHistory(IReadOnlyList<StepRecord> records, ArtifactStore store)
    {
        this.store = store;
        foreach (var record in records) last.TryAdd((record.Label, record.ActivityId), record);
        computed = records.Where(record => !record.FromCache).ToLookup(record => record.Type, StringComparer.Ordinal);
    }

    /// <summary>The key of the step's last run for this cluster, and the record under it; null when there was none.</summary>
    public (string Key, StepResult? Result)? Last(string label, string activityId)
        => last.TryGetValue((label, activityId), out var record) ? (record.Key, store.Recorded(record.Key)) : null;

    /// <summary>What a key was made of; null when its record is gone.</summary>
    public System.Text.Json.Nodes.JsonObject? Ingredients(string key) => store.Recorded(key)?.Ingredients;

    /// <summary>The median time of the step where it was computed, over clusters and runs; null when it never was.</summary>
    public double? Seconds(string type)
    {
        var seconds = computed[type].Select(record => record.Seconds).Order().ToArray();
        return seconds.Length == 0 ? null : seconds[seconds.Length / 2];
    }

    /// <summary>What the step's last result takes in the store; of another cluster when there is none of this one.</summary>
    public long? Bytes(string label, string activityId, string type)
    {
        var record = last.GetValueOrDefault((label, activityId)) ?? computed[type].FirstOrDefault();
        return record is null ? null : store.Recorded(record.Key)?.Artifacts.Sum(store.SizeOf);
    }
}
