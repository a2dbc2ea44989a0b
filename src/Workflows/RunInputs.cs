using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows;

/// <summary>Checks the values that somebody gives for the inputs of a definition.</summary>
public static class RunInputs
{
    /// <summary>Reads <c>KEY=VALUE</c> texts into inputs, converted to their declared types.</summary>
    /// <exception cref="BadInputException">A text is no assignment, names no input, does not convert or is out of bounds: every problem is in it.</exception>
    public static IReadOnlyDictionary<string, JsonNode?> Parse(WorkflowDocument definition, IEnumerable<string> assignments)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var assignment in assignments)
        {
            var parts = assignment.Split('=', 2);
            if (parts.Length == 2 && parts[0].Trim() is { Length: > 0 } name) values[name] = JsonValue.Create(parts[1]);
            else problems.Add(new Problem($"{definition.Name}: '{assignment}'", "no assignment", "NAME=VALUE", "write the name of an input, '=' and its value"));
        }
        if (problems.Count > 0) throw new BadInputException(problems);
        return Check(definition, values);
    }

    /// <summary>Converts values to the types of the inputs that a definition declares, and holds them to their bounds.</summary>
    /// <exception cref="BadInputException">A name is not declared, or a value does not convert or is out of its bounds: every problem is in it.</exception>
    public static IReadOnlyDictionary<string, JsonNode?> Check(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> values)
    {
        var undeclared = values.Keys.Where(name => Declared(definition, name) is null)
            .Select(name => new Problem(Where(definition, name), "an input of this name", "an input that the definition declares", Spelling.Suggest(name, [.. definition.Inputs.Select(input => input.Name)])));
        return Convert(definition, values, [.. undeclared]);
    }

    /// <summary>The same for whoever knows nothing of the definition: as in Elsa, what it does not declare is carried along as it is.</summary>
    /// <exception cref="BadInputException">A value does not convert or is out of its bounds: every problem is in it.</exception>
    public static IReadOnlyDictionary<string, JsonNode?> Convert(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> values) => Convert(definition, values, []);

    private static Dictionary<string, JsonNode?> Convert(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> values, List<Problem> problems)
    {
        var converted = new Dictionary<string, JsonNode?>(values, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (Declared(definition, name) is not { } declared) continue;
            if (WorkflowValue.TryConvert(value, declared.TypeName, declared.IsArray, out var node) && declared.Allows(node)) converted[name] = node;
            else problems.Add(new Problem(Where(definition, name), value?.ToJsonString() ?? "null", declared.Expected, "correct the value"));
        }
        return problems.Count == 0 ? converted : throw new BadInputException(problems);
    }

    private static InputDeclaration? Declared(WorkflowDocument definition, string name) => definition.Inputs.FirstOrDefault(input => input.Name == name);

    private static string Where(WorkflowDocument definition, string name) => $"{definition.Name}: input '{name}'";
}
