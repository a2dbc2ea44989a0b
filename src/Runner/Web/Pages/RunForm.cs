using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Commands;
using ClusterSurvey.Runner.Web.Samples;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Format;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>What the forms have in common that say what is to be run: a choice of the workflow, and one field for every input of it.</summary>
internal sealed class RunForm(DefinitionStore definitions, OwnSamples own)
{
    private const string DefaultDefinition = "cluster-survey";
    private const string SettingsInput = "Overrides";
    private const string SampleInput = "Sample";
    private const string MapsInput = "Maps";

    /// <summary>The workflow of an id; the survey when it is empty.</summary>
    public WorkflowDocument Chosen(string id) => definitions.Library().Find(id.Length > 0 ? id : DefaultDefinition);

    /// <summary>The inputs that were filled in.</summary>
    /// <param name="definition">The workflow.</param>
    /// <param name="given">The text of a field.</param>
    /// <exception cref="BadInputException">Everything that is wrong with them.</exception>
    public IReadOnlyDictionary<string, JsonNode?> Inputs(WorkflowDocument definition, Func<string, string> given)
    {
        var value = WithItsMaps(given);
        var filled = definition.Inputs.Where(input => value(input.Name).Length > 0).ToList();
        var texts = filled.Where(input => input.TypeName == "String").Select(input => (input.Name, (string?)Named(input.Name, value(input.Name))));
        var others = filled.Where(input => input.TypeName != "String" && input.Name != SettingsInput).Select(input => $"{input.Name}={value(input.Name)}");
        var settings = value(SettingsInput).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return SurveyOptions.Inputs(definition, texts, [.. others, .. settings]);
    }

    // A sample that is known here may be named as the settings are.
    private string Named(string input, string value)
    {
        if (input != SampleInput) return value;
        return SampleNames.Shipped().Contains(value) ? SampleNames.PathOf(value) : own.Find(value)?.Table ?? value;
    }

    // A sample that was sent with its maps needs no folder to be named.
    private Func<string, string> WithItsMaps(Func<string, string> value)
        => own.Find(value(SampleInput))?.Maps is { } maps ? name => name == MapsInput && value(name).Length == 0 ? maps : value(name) : value;

    /// <summary>The seed that was filled in.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static Seed SeedOf(string text)
    {
        if (text.Length == 0) return new Seed(1);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? new Seed(seed) : throw new BadInputException("Seed", $"'{text}'", "a whole number, at least 0", "correct the seed");
    }

    /// <summary>The form that chooses the workflow, above the fields of the other.</summary>
    /// <param name="definition">The workflow that is chosen.</param>
    /// <param name="path">Where the form is.</param>
    public XElement Choice(WorkflowDocument definition, string path) => Tag("form", "fields", At("method", "get"), At("action", path), Layout.Field("definition", "Workflow", null,
        new XElement("select", At("id", "definition"), At("name", "definition"), At("data-submit", "yes"), definitions.Library().All.Select(known => new XElement("option", At("value", known.DefinitionId), known.DefinitionId == definition.DefinitionId ? At("selected", "selected") : null, known.Name)))),
        new XElement("noscript", new XElement("button", At("type", "submit"), "Choose")));

    /// <summary>The fields of the inputs and of the seed.</summary>
    public static IEnumerable<XElement> Fields(WorkflowDocument definition, Func<string, string> value) =>
    [
        new XElement("input", At("type", "hidden"), At("name", "definition"), At("value", definition.DefinitionId)),
        .. definition.Inputs.Select(input => Input(input, value(input.Name))),
        Layout.Field("seed", "Seed", "Origin of all random numbers: the same seed gives the same result.", Text("seed", value("seed") is { Length: > 0 } seed ? seed : "1", At("inputmode", "numeric"))),
    ];

    /// <summary>What the fields suggest.</summary>
    public IEnumerable<XElement> Lists() => [List("samples", [.. SampleNames.Shipped(), .. own.All().Select(sample => sample.Name)]), List("surveys", ShippedData.Names("surveys", ".json"))];

    private static XElement Input(InputDeclaration input, string value)
    {
        if (input.Name == SettingsInput) return Layout.Field(input.Name, "Settings to change", "One KEY=VALUE a line, for instance simulations=2000.", new XElement("textarea", At("id", input.Name), At("name", input.Name), At("rows", "4"), At("aria-describedby", $"{input.Name}-help"), value));
        var byDefault = input.Default?.GetValueKind() == System.Text.Json.JsonValueKind.String ? input.Default.GetValue<string>() : input.Default?.ToJsonString();
        var label = input.DisplayName is { Length: > 0 } name ? name : input.Name;
        var help = string.Join(" ", ((string?[])[input.Description, input.HasBounds ? $"Takes {input.Expected}." : null, byDefault is { Length: > 0 } ? $"Left empty: {byDefault}" : null]).OfType<string>());
        var list = input.Name switch { SampleInput => "samples", "Survey" => "surveys", _ => null };
        return Layout.Field(input.Name, label, help, input.TypeName switch
        {
            "Boolean" => new XElement("select", At("id", input.Name), At("name", input.Name), At("aria-describedby", $"{input.Name}-help"),
                ((string[])["", "true", "false"]).Select(choice => new XElement("option", At("value", choice), choice == value ? At("selected", "selected") : null, choice.Length == 0 ? "default" : choice))),
            _ => Text(input.Name, value, list is null ? null : At("list", list), input.Default is null ? At("required", "required") : null),
        });
    }

    /// <summary>A field for a line of text.</summary>
    public static XElement Text(string name, string value, params object?[] more)
        => new("input", At("id", name), At("name", name), At("type", "text"), At("value", value), At("aria-describedby", $"{name}-help"), At("autocomplete", "off"), more);

    /// <summary>A list of suggestions.</summary>
    public static XElement List(string id, IEnumerable<string> values) => new("datalist", At("id", id), values.Select(value => new XElement("option", At("value", value))));
}
