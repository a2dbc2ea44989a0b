using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Survey;

/// <summary>A cluster that the survey goes on without, as it is published in the run's folder.</summary>
public static class QuarantinedCluster
{
    /// <summary>The group of the run's folder in which failures are published.</summary>
    public const string Group = "failures";

    /// <summary>Publishes why a cluster was set aside; a cluster that came through after all is forgotten by <see cref="Forget"/>.</summary>
    public static void Publish(RunFolder run, string cluster, FailedStep step, string message, string remedy, IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(problems);
        var rows = problems.Count > 0
            ? problems.Select(problem => Row(cluster, step, "bad_input", problem))
            : [Row(cluster, step, "failure", new Problem(step.Name, message, "the step to end", remedy))];
        run.Publish(Group, cluster, SurveyJson.ToNode(rows.ToArray())!);
    }

    /// <summary>Takes back what was published of a cluster.</summary>
    public static void Forget(RunFolder run, string cluster)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Withdraw(Group, cluster);
    }

    /// <summary>The rows of the table of failures: what a run has set aside so far, and why.</summary>
    public static IReadOnlyList<FailureRow> ReadAll(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Published(Group).SelectMany(failure => failure.Value.Deserialize<FailureRow[]>(SurveyJson.Options)!)];
    }

    private static FailureRow Row(string cluster, FailedStep step, string kind, Problem problem) => new()
    {
        Cluster = cluster, Region = step.Region, Step = step.Name, Kind = kind,
        Where = problem.Where, Found = problem.Found, Expected = problem.Expected, Remedy = problem.Remedy, Attempts = step.Attempts,
    };
}

/// <summary>The step that a cluster could not get past.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Region">The region in which it failed; empty when it is not one region's failure.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record FailedStep(string Name, string Region, int Attempts);
