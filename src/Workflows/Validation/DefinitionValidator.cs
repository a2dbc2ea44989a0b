using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Finds everything that is wrong with a definition and the definitions that it calls, before anything runs.</summary>
public sealed class DefinitionValidator(StepCatalog catalog, DefinitionLibrary library)
{
    /// <summary>Every problem of a definition and of those that it calls.</summary>
    public IReadOnlyList<DefinitionProblem> Validate(WorkflowDocument definition) => Gather(definition).Problems;

    /// <summary>The definitions that a run of this one can reach, by id.</summary>
    /// <exception cref="BadInputException">Something is wrong with them: every problem is in it.</exception>
    public IReadOnlyDictionary<string, WorkflowDocument> Check(WorkflowDocument definition)
    {
        var (reached, problems) = Gather(definition);
        return problems.Count == 0 ? reached : throw new BadInputException([.. problems.Select(problem => problem.ToProblem())]);
    }

    private (Dictionary<string, WorkflowDocument> Reached, List<DefinitionProblem> Problems) Gather(WorkflowDocument definition)
    {
        var calls = new CallGraph(definition, library);
        List<DefinitionProblem> problems = [.. calls.Problems];
        foreach (var reached in calls.Reached.Values) problems.AddRange(new DocumentCheck(reached, catalog).Problems());
        return (calls.Reached, problems);
    }
}
