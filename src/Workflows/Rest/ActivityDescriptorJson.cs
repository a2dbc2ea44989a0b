using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Entries of the designer's palette: what an activity is, and how each of its inputs is edited.</summary>
internal static class ActivityDescriptorJson
{
    /// <summary>A step of the survey, from its declaration.</summary>
    /// <param name="step">The step.</param>
    /// <param name="known">The files that are offered to inputs that name one.</param>
    public static JsonObject Of(StepDescriptor step, IReadOnlyDictionary<KnownFiles, IReadOnlyList<string>> known) => Descriptor(
        step.TypeName, step.Declared.Category, step.Declared.DisplayName, step.Declared.Description, isContainer: false, isBrowsable: true,
        step.Inputs.Select(input => Input(input, known[input.Declared.Offers])), step.Outputs.Select((output, index) => Output(output.Name, TypeName(output.Type), output.Declared.Description, index)),
        step.Declared.Outcomes.Select(outcome => Port(outcome, "Flow")));

    /// <summary>A construct of the engine.</summary>
    public static JsonObject Of(ActivityType type)
    {
        var texts = ActivityTexts.For(type.TypeName);
        var isContainer = type.TypeName is ActivityTypes.Flowchart or ActivityTypes.Sequence;
        // A connection may start at outcomes; the outcome Done is implied where there is no other.
        var outcomes = type.Outcomes is { } named && named is not [Step.Done] ? named : [];
        return Descriptor(
            type.TypeName, texts.Category, texts.DisplayName, texts.Description, isContainer, isBrowsable: true,
            type.Inputs.Where(input => input.Supported).Select((input, index) => Input(type, input, texts, index)),
            type.Outputs.Select((output, index) => Output(output, "Object", null, index)),
            type.Ports.Select(port => Port(port, "Embedded")).Concat(outcomes.Select(outcome => Port(outcome, "Flow"))));
    }

    /// <summary>The workflow itself, which stands above every root in the journal.</summary>
    public static JsonObject Workflow()
        => Descriptor("Elsa.Workflow", "Flow", "Workflow", "A definition, from its root to its outputs.", isContainer: false, isBrowsable: false, [], [], []);

    /// <summary>Elsa's name of a type.</summary>
    public static string TypeName(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return "String";
        if (plain == typeof(bool)) return "Boolean";
        if (plain == typeof(int)) return "Int32";
        if (plain == typeof(long)) return "Long";
        return plain == typeof(double) ? "Double" : "Object";
    }

    private static JsonObject Descriptor(
        string typeName, string category, string displayName, string description, bool isContainer, bool isBrowsable,
        IEnumerable<JsonObject> inputs, IEnumerable<JsonObject> outputs, IEnumerable<JsonObject> ports)
    {
        var (space, name) = (typeName[..typeName.IndexOf('.', StringComparison.Ordinal)], typeName[(typeName.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return new JsonObject
        {
            ["typeName"] = typeName, ["clrType"] = typeName, ["namespace"] = space, ["name"] = name, ["version"] = 1, ["category"] = category,
            ["displayName"] = displayName, ["description"] = description,
            ["inputs"] = new JsonArray([.. inputs]), ["outputs"] = new JsonArray([.. outputs]),
            ["kind"] = "Action", ["runAsynchronously"] = false, ["ports"] = new JsonArray([.. ports]),
            ["customProperties"] = new JsonObject { ["Type"] = typeName }, ["constructionProperties"] = new JsonObject(),
            ["isContainer"] = isContainer, ["isBrowsable"] = isBrowsable, ["isStart"] = typeName == ActivityTypes.Start, ["isTerminal"] = typeName == ActivityTypes.End,
        };
    }

    private static JsonObject Port(string name, string kind) => new() { ["name"] = name, ["displayName"] = name, ["type"] = kind, ["isBrowsable"] = true };

    private static JsonObject Output(string name, string typeName, string? description, int order) => Answer.Object(
        ("name", name), ("typeName", typeName), ("displayName", InWords(name)), ("description", description), ("order", order), ("isBrowsable", true), ("isSerializable", true), ("isSynthetic", false));

    private static JsonObject Input(StepInput input, IReadOnlyList<string> offered)
    {
        var isLiteral = TypeName(input.Type) != "Object";
        var description = string.Join(" ", ((string?[])[input.Declared.Description, Unit(input), Range(input), offered.Count > 0 ? "Another file: as an expression." : null, Default(input)]).OfType<string>());
        var choices = offered.Count > 0 ? offered : input.Declared.Choices;
        return Input(input.Name, TypeName(input.Type), description, Hint(input, choices), choices, input.Declared.Order, isWrapped: true,
            input.Type == typeof(Artifact) || input.Required && !isLiteral ? Expression.Variable : isLiteral ? Expression.Literal : Expression.Object,
            isLiteral ? SurveyJson.ToNode(input.Default) : null);
    }

    private static JsonObject Input(ActivityType type, TypeInput input, ActivityTexts texts, int order)
    {
        var hint = (type.TypeName, input.Name) switch
        {
            (ActivityTypes.SetVariable, "Variable") => "variable-picker",
            (ActivityTypes.SetOutput, "OutputName") => "output-picker",
            (ActivityTypes.FlowFork, "Branches") => "dynamic-outcomes",
            (ActivityTypes.DispatchWorkflow, "WorkflowDefinitionId") => "workflow-definition-picker",
            (ActivityTypes.DispatchWorkflow, "Input") => "json-editor",
            _ when input.TypeName == "Boolean" => "checkbox",
            _ when input.Choices is not null => "dropdown",
            _ => "singleline",
        };
        return Input(input.Name, input.TypeName, texts.Inputs.GetValueOrDefault(input.Name, ""), hint, input.Choices ?? [], order, input.Wrapped, Expression.Literal, null);
    }

    private static JsonObject Input(
        string name, string typeName, string description, string hint, IReadOnlyList<string> choices, int order, bool isWrapped, string syntax, JsonNode? byDefault) => Answer.Object(
        ("isWrapped", isWrapped), ("uiHint", hint), ("isReadOnly", false), ("isSensitive", false), ("autoEvaluate", true),
        ("defaultValue", byDefault), ("defaultSyntax", syntax),
        ("uiSpecifications", hint == "dropdown" ? Choices(choices) : new JsonObject()),
        ("name", name), ("typeName", typeName), ("displayName", InWords(name)), ("description", description), ("order", order),
        ("isBrowsable", true), ("isSerializable", true), ("isSynthetic", false));

    private static JsonObject Choices(IReadOnlyList<string> choices) => new()
    {
        ["dropdown"] = new JsonObject
        {
            ["selectList"] = new JsonObject { ["items"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["text"] = choice, ["value"] = choice })]), ["isFlagsEnum"] = false },
        },
    };

    private static string Hint(StepInput input, IReadOnlyList<string> choices) => TypeName(input.Type) switch
    {
        "Boolean" => "checkbox",
        "Object" => "json-editor",
        _ => choices.Count > 0 ? "dropdown" : "singleline",
    };

    private static string? Unit(StepInput input) => input.Declared.Unit is { } unit ? $"Unit: {unit}." : null;

    private static string? Range(StepInput input) => (double.IsFinite(input.Declared.Min), double.IsFinite(input.Declared.Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"From {input.Declared.Min} to {input.Declared.Max}."),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"At least {input.Declared.Min}."),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"At most {input.Declared.Max}."),
        _ => null,
    };

    private static string? Default(StepInput input) => input.Default is { } value and not "" && TypeName(input.Type) != "Object" ? string.Create(CultureInfo.InvariantCulture, $"Default: {value}") : null;

    // SigmasPerField: Sigmas per field. Names that end in a symbol (BoxR500) keep it.
    private static string InWords(string name)
    {
        var words = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]);
            if (begins) words.Append(' ');
            var symbol = i + 1 < name.Length && (char.IsDigit(name[i + 1]) || char.IsUpper(name[i + 1]));
            words.Append(begins && !symbol ? char.ToLowerInvariant(name[i]) : name[i]);
        }
        return words.ToString();
    }
}
