using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Branches of a fork run side by side: a variable that two of them assign would depend on which comes last.</summary>
internal static class ForkCheck
{
    public static IEnumerable<DefinitionProblem> Problems(string definitionId, Activity fork)
        => from branch in fork.Branches
           from variable in Assigned(branch).Distinct()
           group branch by variable into branches
           where branches.Distinct().Count() > 1
           select new DefinitionProblem(definitionId, fork.Id, branches.Last().Pointer, $"two branches that assign '{branches.Key}'", "branches with variables of their own", "declare a variable for each branch");

    private static IEnumerable<string> Assigned(Activity branch)
    {
        var own = branch.Tree.SelectMany(activity => activity.Variables).Select(variable => variable.Id).ToHashSet(StringComparer.Ordinal);
        return branch.Tree.SelectMany(TargetsOf).Where(variable => !own.Contains(variable));
    }

    private static IEnumerable<string> TargetsOf(Activity activity)
        => activity.Type == ActivityTypes.SetVariable && SetVariableBehaviour.TargetOf(activity) is ({ } id, _) ? [id, .. activity.OutputTargets.Values] : activity.OutputTargets.Values;
}
