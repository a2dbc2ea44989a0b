using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// Runs a step, or finds its result: the key is the hash of the step's name and version, the content of every input,
/// every option, and the seed of steps that draw random numbers. A key never holds a path, a time, a host, the degree
/// of parallelism or the order of properties.
/// </summary>
public static class StepRunner
{
    /// <param name="descriptor">The step.</param>
    /// <param name="inputs">Values by input name; inputs that are absent keep their defaults.</param>
    /// <param name="context">What the step finds around it.</param>
    /// <param name="fresh">True to compute even when a result is recorded.</param>
    public static StepResult Run(StepDescriptor descriptor, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, bool fresh = false)
    {
        var step = descriptor.Create();
        InputBinding.Bind(descriptor, step, inputs);
        var ingredients = Ingredients(descriptor, step, context.Seed);
        var key = KeyOf(ingredients);
        if (descriptor.Declared.Cached && !fresh && context.Store.Find(key) is { } known) return known with { FromCache = true };

        var outcome = step.Run(context);
        if (!descriptor.Declared.Outcomes.Contains(outcome))
            throw new InvalidOperationException($"{descriptor.TypeName} ended with the outcome '{outcome}', which its declaration does not name");
        var outputs = new JsonObject(descriptor.Outputs.Select(output => KeyValuePair.Create(output.Name, SurveyJson.ToNode(output.Property.GetValue(step)))));
        var result = new StepResult(key, descriptor.TypeName, descriptor.Declared.Version, ingredients, outcome, outputs);
        if (descriptor.Declared.Cached) context.Store.Record(result);
        return result;
    }

    private static JsonObject Ingredients(StepDescriptor descriptor, Step step, Seed seed)
    {
        var ingredients = new JsonObject { ["step"] = descriptor.TypeName, ["version"] = descriptor.Declared.Version };
        if (descriptor.Declared.Random) ingredients["seed"] = seed.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var input in descriptor.Inputs.Where(input => input.Declared.InKey))
            ingredients[$"input:{input.Name}"] = JsonSerializer.SerializeToNode(input.Property.GetValue(step), input.Type, SurveyJson.Key);
        return ingredients;
    }

    private static string KeyOf(JsonObject ingredients) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SurveyJson.Canonical(ingredients))));
}
