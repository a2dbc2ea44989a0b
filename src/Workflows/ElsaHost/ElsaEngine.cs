using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using Elsa.Common.Models;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Contracts;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Contracts;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Contracts;
using Elsa.Workflows.Runtime.Filters;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterSurvey.Workflows.ElsaHost;

/// <summary>How a run in Elsa's engine has ended.</summary>
/// <param name="SubStatus">Elsa's word for it.</param>
/// <param name="Outputs">The outputs of the workflow.</param>
/// <param name="Incidents">What went wrong.</param>
/// <param name="Completions">How often each activity of the run has completed, by its id.</param>
public sealed record ElsaOutcome(string SubStatus, IReadOnlyDictionary<string, JsonNode?> Outputs, IReadOnlyList<string> Incidents, IReadOnlyDictionary<string, int> Completions);

/// <summary>
/// Runs definitions in Elsa's own engine, in memory: the same documents and the same steps as the embedded engine, and the
/// same artifacts. What the embedded engine adds (durable runs, passes side by side, quarantine) is not here.
/// </summary>
public sealed class ElsaEngine(ElsaRun run)
{
    private static readonly TimeSpan lookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a definition to its end.</summary>
    /// <param name="library">The definitions that can be called.</param>
    /// <param name="definition">The one to run; it must be in the library.</param>
    /// <param name="inputs">Values of its inputs; those that are absent take their defaults.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<ElsaOutcome> RunAsync(DefinitionLibrary library, WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(definition);
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(run);
        builder.Services.AddElsa(elsa => elsa.UseWorkflows().UseWorkflowManagement().UseWorkflowRuntime().UseJavaScript().UseLiquid());
        builder.Services.AddActivityProvider<StepActivityProvider>();
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IRegistriesPopulator>().PopulateAsync(cancellation);
            foreach (var known in library.All) await ImportAsync(scope.ServiceProvider, known, cancellation);
            return await RunAsync(scope.ServiceProvider, definition, inputs, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task ImportAsync(IServiceProvider services, WorkflowDocument definition, CancellationToken cancellation)
    {
        var model = services.GetRequiredService<IActivitySerializer>().Deserialize<WorkflowDefinitionModel>(definition.ToText());
        var imported = await services.GetRequiredService<IWorkflowDefinitionImporter>().ImportAsync(new SaveWorkflowDefinitionRequest { Model = model, Publish = true }, cancellation);
        if (!imported.WorkflowDefinition.IsPublished) throw new InvalidOperationException($"{definition.DefinitionId}: Elsa does not publish the definition");
    }

    private static async Task<ElsaOutcome> RunAsync(IServiceProvider services, WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, CancellationToken cancellation)
    {
        var client = await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(cancellation);
        await client.CreateAndRunInstanceAsync(
            new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(definition.DefinitionId, VersionOptions.Published),
                Input = InputsOf(definition, inputs),
            },
            cancellation);
        var state = await client.ExportStateAsync(cancellation);
        // It waits for workflows that it has called; without a bookmark there is nothing that it could wait for.
        while (state.Status == WorkflowStatus.Running && state.Bookmarks.Count > 0)
        {
            await Task.Delay(lookAgain, cancellation);
            state = await client.ExportStateAsync(cancellation);
        }
        var records = await services.GetRequiredService<IActivityExecutionStore>().FindManyAsync(new ActivityExecutionRecordFilter { WorkflowInstanceId = client.WorkflowInstanceId }, cancellation);
        return new ElsaOutcome(
            state.SubStatus.ToString(),
            state.Output.ToDictionary(output => output.Key, output => ElsaValues.ToNode(output.Value)),
            [.. state.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message}")],
            records.Where(record => record.Status == ActivityStatus.Completed).GroupBy(record => record.ActivityId).ToDictionary(group => group.Key, group => group.Count()));
    }

    private static Dictionary<string, object> InputsOf(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> given)
        => definition.Inputs.Select(input => (input.Name, Value: ElsaValues.ToElsa(given.GetValueOrDefault(input.Name) ?? Default(input)))).Where(input => input.Value is not null).ToDictionary(input => input.Name, input => input.Value!);

    private static JsonNode? Default(InputDeclaration input) => WorkflowValue.ToNode(WorkflowValue.Convert(WorkflowValue.Of(input.Default?.DeepClone()), input.TypeName, input.IsArray));
}
