using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What a survey has published in its folder so far, also while it is at work.</summary>
public static class PublishedSurvey
{
    /// <summary>The clusters that were asked for, in the order of the sample; none before the sample is read.</summary>
    public static IReadOnlyList<string> Clusters(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Published("survey", "sample")?["clusters"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];
    }
}
