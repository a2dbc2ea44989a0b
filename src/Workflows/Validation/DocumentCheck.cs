using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Format;
namespace ClusterSurvey.Workflows.Validation;
internal sealed class DocumentCheck(WorkflowDocument document, StepCatalog catalog)
{
    public IEnumerable<DefinitionProblem> Problems() { _ = document; _ = catalog; return []; }
}
