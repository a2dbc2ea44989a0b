using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Workflows.ElsaHost;

/// <summary>What the steps of a run in Elsa's engine find around them: the same as in the embedded one, so that their artifacts are the same.</summary>
/// <param name="Catalog">The steps.</param>
/// <param name="Store">Where artifacts are.</param>
/// <param name="Folder">The run's folder.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Files">What the steps may read.</param>
public sealed record ElsaRun(StepCatalog Catalog, ArtifactStore Store, RunFolder Folder, Seed Seed, FileFence Files)
{
    internal StepContext ContextOf(StepDescriptor step, CancellationToken cancellation)
        => new() { Store = Store, Run = Folder, Seed = Seed.Derive(step.TypeName), Files = Files, Cancellation = cancellation };
}
