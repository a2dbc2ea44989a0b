using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>
/// The part of the REST interface of Elsa Server 3.8 that Elsa Studio calls, on top of our own store, ledger and engine. Paths and shapes are
/// Elsa's; contract tests hold them against recorded answers of a real server.
/// </summary>
/// <param name="definitions">What is edited.</param>
/// <param name="ledger">What has run.</param>
/// <param name="catalog">The steps of which definitions may be made.</param>
/// <param name="runs">Starts and stops runs.</param>
/// <param name="known">The files of a kind that the designer offers where a step names one.</param>
public sealed class StudioApi(DefinitionStore definitions, RunLedger ledger, StepCatalog catalog, IRunControl runs, Func<KnownFiles, IReadOnlyList<string>> known)
{
    /// <summary>Adds the endpoints to a group of routes: everything under the address that Studio is given.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes = routes.MapGroup("").AddEndpointFilter(Answer.ExplainProblems);
        new DescriptorEndpoints(catalog, known).Map(routes);
        new DefinitionEndpoints(definitions, ledger, catalog).Map(routes);
        new DefinitionFileEndpoints(definitions).Map(routes);
        new ExecuteEndpoints(definitions, ledger, runs).Map(routes);
        new InstanceEndpoints(ledger, runs).Map(routes);
        new ExecutionEndpoints(ledger).Map(routes);
        new ScriptTypes(definitions).Map(routes);
    }
}
