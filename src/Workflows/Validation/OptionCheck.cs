using System.Text.Json.Nodes;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks the options of a definition: those that change how it runs must be ones that the embedded engine honours.</summary>
internal static class OptionCheck
{
    private const string IncidentStrategy = "incidentStrategyType";
    private const string ActivationStrategy = "activationStrategyType";

    // By alias, as Studio writes them, and by the name of the type with its assembly, as Elsa does.
    private static readonly string[] incidentStrategies =
    [
        "FaultStrategy", "ContinueWithIncidentsStrategy",
        "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core", "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core",
    ];

    private static readonly string[] activationStrategies = ["AllowAlwaysStrategy", "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core"];

    // These tell how a server keeps and shows the definition; what it computes stays the same.
    private static readonly string[] withoutEffect = ["usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "commitStrategyName"];

    private static readonly string[] known = [IncidentStrategy, ActivationStrategy, .. withoutEffect];

    public static IEnumerable<DefinitionProblem> Problems(WorkflowDocument document)
    {
        foreach (var (name, value) in document.Options.Where(option => option.Value is not null))
        {
            if (name == IncidentStrategy) { if (Unsupported(value!, incidentStrategies) is { } strategy) yield return Problem(name, value!, "FaultStrategy or ContinueWithIncidentsStrategy", strategy); }
            else if (name == ActivationStrategy) { if (Unsupported(value!, activationStrategies) is { } activation) yield return Problem(name, value!, "no strategy, or AllowAlwaysStrategy", activation); }
            else if (!withoutEffect.Contains(name)) yield return Problem(name, value!, "an option that the embedded engine supports", Spelling.Suggest(name, known));
        }

        DefinitionProblem Problem(string name, JsonNode value, string expected, string remedy)
            => new(document.DefinitionId, null, $"/options/{Node.Escape(name)}", value.ToJsonString(), expected, remedy);
    }

    private static string? Unsupported(JsonNode value, string[] supported)
        => value is JsonValue text && text.TryGetValue<string>(out var name) ? supported.Contains(name) ? null : Spelling.Suggest(name, supported) : "clear the option";
}
