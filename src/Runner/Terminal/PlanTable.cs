using System.Globalization;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>A plan as text: clusters against steps, then the reasons, then what it will cost.</summary>
internal static class PlanTable
{
    private const int NamesShown = 5;

    public static void Show(RunPlan plan, int clustersInFlight)
    {
        var names = plan.Steps.Where(step => step.Cluster.Length > 0).Select(step => step.Step).Distinct().ToArray();
        TextTable.Show(["cluster", .. names], plan.Steps.Where(step => step.Cluster.Length > 0).GroupBy(step => step.Cluster).Select(cluster => Row(cluster, names)));
        foreach (var step in plan.Steps.Where(step => step.Cluster.Length == 0)) Output.Result($"survey: {step.Step}: {(step.IsCached ? "cached" : step.Reason)}");
        foreach (var reason in plan.Steps.Where(step => !step.IsCached && step.Cluster.Length > 0).GroupBy(step => (step.Step, step.Reason)))
            Output.Result($"{reason.Key.Step}: {reason.Key.Reason} ({Named([.. reason.Select(step => step.Cluster)])})");
        Output.Result($"{plan.Cached} steps cached, {plan.ToRun} to run; {Cost(plan, clustersInFlight)}");
    }

    private static string[] Row(IGrouping<string, PlannedStep> cluster, string[] names)
    {
        var steps = cluster.ToLookup(step => step.Step, StringComparer.Ordinal);
        return [cluster.Key, .. names.Select(name => steps[name].FirstOrDefault() is { } step ? Cell(step) : "")];
    }

    private static string Cell(PlannedStep step)
    {
        if (step.IsCached) return "cached";
        var parts = step.Parts.Count(part => !part.IsCached);
        return step.Parts.Count > 0 && parts < step.Parts.Count ? $"run {parts} of {step.Parts.Count}" : "run";
    }

    private static string Named(string[] clusters)
        => clusters.Length <= NamesShown ? string.Join(", ", clusters) : $"{string.Join(", ", clusters.Take(NamesShown))} and {clusters.Length - NamesShown} more";

    private static string Cost(RunPlan plan, int clustersInFlight)
    {
        if (plan.Seconds is not { } seconds || plan.Bytes is not { } bytes) return "how long is not known: some of these steps never ran here";
        return string.Create(CultureInfo.InvariantCulture,
            $"about {seconds / clustersInFlight:f0} s with {clustersInFlight} clusters at a time and {bytes / 1e6:f0} MB, by earlier runs");
    }
}
