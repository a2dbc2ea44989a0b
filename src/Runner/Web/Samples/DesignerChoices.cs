using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;

namespace ClusterSurvey.Runner.Web.Samples;

/// <summary>What the designer offers where an input of a step names something that this server knows.</summary>
internal sealed class DesignerChoices(OwnSamples own)
{
    /// <summary>The values to choose from; empty for an input that takes whatever is written.</summary>
    public IReadOnlyList<string> Of(KnownFiles files) => files switch
    {
        KnownFiles.Samples => [.. SampleNames.Shipped(), .. own.All().Select(sample => sample.Table)],
        KnownFiles.Surveys => ShippedData.Names("surveys", ".json"),
        _ => [],
    };
}
