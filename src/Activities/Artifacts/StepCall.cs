using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// A step with its inputs, ready to run, and the key of its result: the hash of the step's name and version, the content of
/// every input, every option, and the seed of steps that draw random numbers. A key never holds a path, a time, a host, the
/// degree of parallelism or the order of properties.
/// </summary>
public sealed class StepCall
{
    private readonly StepDescriptor descriptor;
    private readonly Step step;

    private StepCall(StepDescriptor descriptor, Step step, JsonObject ingredients)
    {
        (this.descriptor, this.step, Ingredients) = (descriptor, step, ingredients);
        Key = KeyOf(ingredients);
    }

    /// <summary>What the key is made of.</summary>
    public JsonObject Ingredients { get; }

    public string Key { get; }

    /// <param name="descriptor">The step.</param>
    /// <param name="inputs">Values by input name; inputs that are absent keep their defaults.</param>
    /// <param name="seed">The seed of this kind of step in the run.</param>
    /// <param name="files">What the step may read.</param>
    /// <exception cref="Problems.BadInputException">An input is missing, unknown or out of its range, or names a file outside of the fence.</exception>
    public static StepCall Bind(StepDescriptor descriptor, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed, FileFence files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(descriptor);
        var step = descriptor.Create();
        InputBinding.Bind(descriptor, step, inputs);
        foreach (var input in descriptor.Inputs) files.CheckFiles(input.Property.GetValue(step), $"{descriptor.TypeName}.{input.Name}");
        var ingredients = new JsonObject { ["step"] = descriptor.TypeName, ["version"] = descriptor.Declared.Version };
        if (descriptor.Declared.Random) ingredients["seed"] = seed.Value.ToString(CultureInfo.InvariantCulture);
        foreach (var input in descriptor.Inputs.Where(input => input.Declared.InKey))
            ingredients[NameOf(input)] = JsonSerializer.SerializeToNode(input.Property.GetValue(step), input.Type, SurveyJson.Key);
        return new StepCall(descriptor, step, ingredients);
    }

    /// <summary>The parts of the call, each with a key of its own; none when the step is not one in parts.</summary>
    /// <param name="store">Where the artifacts among the inputs are.</param>
    public IReadOnlyList<PartCall> Parts(ArtifactStore store) => step is PartwiseStep partwise ? [.. partwise.Parts(store).Select(Part)] : [];

    /// <summary>Runs the step, and records its result when it is one that is kept.</summary>
    /// <param name="context">What the step finds around it.</param>
    /// <param name="fresh">True to compute also what is known of its parts and of the files that it writes.</param>
    public StepResult Compute(StepContext context, bool fresh = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        var parts = Parts(context.Store);
        var found = context with { Key = Key, Fresh = fresh };
        var outcome = step.Run(step is not PartwiseStep ? found : found with { Parts = new PartResults(context.Store, parts, fresh) });
        if (!descriptor.Declared.Outcomes.Contains(outcome))
            throw new InvalidOperationException($"{descriptor.TypeName} ended with the outcome '{outcome}', which its declaration does not name");
        var outputs = new JsonObject(descriptor.Outputs.Select(output => KeyValuePair.Create(output.Name, SurveyJson.ToNode(output.Property.GetValue(step)))));
        var result = new StepResult(Key, descriptor.TypeName, descriptor.Declared.Version, Ingredients, outcome, outputs)
        {
            Parts = parts.Count == 0 ? null : parts.ToDictionary(part => part.Name, part => part.Key, StringComparer.Ordinal),
        };
        if (descriptor.Declared.Cached) context.Store.Record(result);
        return result;
    }

    private PartCall Part(StepPart part)
    {
        var shared = Ingredients.Where(ingredient => !descriptor.Inputs.Any(input => input.Declared.ByPart && ingredient.Key == NameOf(input)));
        var ingredients = new JsonObject(shared.Concat(part.Ingredients).Select(ingredient => KeyValuePair.Create(ingredient.Key, ingredient.Value?.DeepClone())))
        {
            ["part"] = part.Name,
        };
        return new PartCall(part.Name, KeyOf(ingredients), ingredients);
    }

    private static string NameOf(StepInput input) => $"input:{input.Name}";

    private static string KeyOf(JsonObject ingredients) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SurveyJson.Canonical(ingredients))));
}

/// <summary>A part of a call, and the key of what it gives.</summary>
/// <param name="Name">The part.</param>
/// <param name="Key">The key.</param>
/// <param name="Ingredients">What the key is made of.</param>
public sealed record PartCall(string Name, string Key, JsonObject Ingredients)
{
    /// <summary>What the part gave, as it is recorded.</summary>
    internal StepResult Result(JsonObject outputs)
        => new(Key, Ingredients["step"]!.GetValue<string>(), Ingredients["version"]!.GetValue<int>(), Ingredients, Step.Done, outputs);
}
