using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Activities;

[Step("Survey", "Write report", "Writes the report of the run: pages of the survey, its regions, groupings and clusters that open without a network, and every figure as SVG, PDF and CSV.", Cached = false, Version = 2)]
public sealed class WriteReport : Step
{
    [Input("The joint posterior: the report is written once it is there.", Order = 1)]
    public required Artifact Joint { get; init; }

    [Input("A table of true parameters, when the maps are mock observations; empty when they are not.", Order = 2)]
    public string? Truth { get; init; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!string.IsNullOrWhiteSpace(Truth)) TruthTable.Publish(context.Run, context.Files.Check(Truth, $"Survey.{nameof(WriteReport)}.{nameof(Truth)}"));
        SurveyReport.Write(SurveyRun.With(context.Run, context.Store, Joint), context.Fresh);
        return Done;
    }
}
