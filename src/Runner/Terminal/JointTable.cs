using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>The joint posterior of each region as a table of text, beside the truth where it is known.</summary>
internal static class JointTable
{
    public static void Show(SurveyRun run)
    {
        var truth = TruthTable.Published(run.Folder);
        var rows = run.Settings.Regions.Where(region => run.Joint.Of(region.Name) is not null).Select(region =>
        {
            var posterior = SurveyReport.Summary(run.Joint.Of(region.Name)!.Summaries);
            var known = SurveyReport.Truth(truth, region.Name);
            var cells = Enumerable.Range(0, 3)
                .SelectMany(i => (string[])[Text(posterior[i]), known is null ? "-" : FormattableString.Invariant($"{known[i]:0.00}")]);
            return (string[])[region.Name, .. cells];
        });
        TextTable.Show(["region", "sigma", "truth", "injection scale (R500)", "truth", "slope", "truth"], rows);
        Output.Result("median with 68 % interval");
    }

    private static string Text(PosteriorSummary value)
        => FormattableString.Invariant($"{value.Median:0.00} (+{value.High68 - value.Median:0.00} -{value.Median - value.Low68:0.00})");
}
