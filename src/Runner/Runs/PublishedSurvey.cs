using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What a survey has published in its folder so far, also while it is at work.</summary>
public static class PublishedSurvey
{
    /// <summary>The clusters that were asked for, in the order of the sample; none before the sample is read.</summary>
    public static IReadOnlyList<string> Clusters(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Published("survey").FirstOrDefault(entry => entry.Name == "sample").Value?["clusters"] is JsonArray names ? [.. names.Select(name => name!.GetValue<string>())] : [];
    }

    /// <summary>What was set aside, and why.</summary>
    public static IReadOnlyList<FailureRow> Failures(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. folder.Published(QuarantinedCluster.Group).SelectMany(failure => QuarantinedCluster.Read(failure.Value))];
    }
}
