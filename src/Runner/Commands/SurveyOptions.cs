using System.CommandLine;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Commands;

/// <summary>What is to be run, as the options say it.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Inputs">Values of its inputs.</param>
/// <param name="Seed">Origin of all random numbers.</param>
/// <param name="Fresh">True to compute even what is known.</param>
internal sealed record SurveyRequest(WorkflowDocument Definition, IReadOnlyDictionary<string, JsonNode?> Inputs, Seed Seed, bool Fresh);

/// <summary>The options that say which survey is meant: the same for running it and for planning it.</summary>
internal sealed class SurveyOptions
{
    private readonly Argument<string> definition = new("definition") { Description = "name of a workflow (see workflows list), or the path of a definition" };
    private readonly Option<string?> sample = new("--sample") { Description = "sample table (CSV)" };
    private readonly Option<string?> maps = new("--maps") { Description = "folder to which the table's file columns are relative" };
    private readonly Option<string?> survey = new("--survey") { Description = "settings: a name in data/surveys, or the path of a settings file" };
    private readonly Option<string?> home = CommonOptions.Home();
    private readonly Option<string?> database = CommonOptions.Database();
    private readonly Option<ulong> seed = CommonOptions.SeedOption();
    private readonly Option<int?> simulations = new("--simulations") { Description = "simulations per cluster" };
    private readonly Option<string[]> set = new("--set")
    {
        Description = "KEY=VALUE: an input of the definition, or a key of the settings; may be repeated", AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<string?> clusters = new("--clusters") { Description = "NAME,...: only these clusters" };
    private readonly Option<bool> fresh = new("--fresh") { Description = "compute everything, even what is known" };

    public Command AddTo(Command command)
    {
        command.Add(definition);
        AddInputsTo(command);
        command.Add(fresh);
        return command;
    }

    /// <summary>The options without the definition, for commands that name it in another way.</summary>
    public void AddInputsTo(Command command)
    {
        foreach (var option in (Option[])[sample, maps, survey, home, database, seed, simulations, set, clusters]) command.Add(option);
    }

    /// <summary>The folder of runs.</summary>
    public RunHome HomeOf(ParseResult parsed) => CommonOptions.HomeOf(parsed, home, database);

    /// <exception cref="BadInputException">Everything that is wrong with the options, the settings and the sample.</exception>
    public SurveyRequest Read(ParseResult parsed) => Read(parsed, parsed.GetRequiredValue(definition)) with { Fresh = parsed.GetValue(fresh) };

    /// <summary>The same for a definition that is named in another way.</summary>
    /// <exception cref="BadInputException">Everything that is wrong with the options, the settings and the sample.</exception>
    public SurveyRequest Read(ParseResult parsed, string nameOrPath)
    {
        var document = Load(nameOrPath, HomeOf(parsed));
        (string Name, string? Value)[] given =
        [
            ("Sample", parsed.GetValue(sample)), ("Maps", parsed.GetValue(maps)),
            ("Survey", parsed.GetValue(survey)), ("Clusters", parsed.GetValue(clusters)),
        ];
        var settings = (parsed.GetValue(set) ?? []).ToList();
        if (parsed.GetValue(simulations) is { } count) settings.Add($"simulations={count}");
        return new SurveyRequest(document, Inputs(document, given, settings), CommonOptions.SeedOf(parsed, seed), Fresh: false);
    }

    /// <summary>A definition by name or by path.</summary>
    public static WorkflowDocument Load(string nameOrPath, RunHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        return File.Exists(nameOrPath) ? WorkflowDocument.Load(nameOrPath) : home.OpenLibrary(TimeProvider.System).Find(nameOrPath);
    }

    /// <summary>The inputs of a definition from values that are JSON already.</summary>
    /// <exception cref="BadInputException">Everything that is wrong with them.</exception>
    public static IReadOnlyDictionary<string, JsonNode?> Inputs(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> values)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Checked(definition, new Dictionary<string, JsonNode?>(RunInputs.Check(definition, values), StringComparer.Ordinal), [], []);
    }

    /// <summary>The inputs of a definition from the options; everything that is wrong with them is told before anything runs.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> Inputs(
        WorkflowDocument definition, IEnumerable<(string Name, string? Value)> given, IReadOnlyList<string> assignments)
    {
        var declared = definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (name, value) in given.Where(option => option.Value is not null))
        {
            if (declared.Contains(name)) inputs[name] = value;
            else
                problems.Add(new Problem($"--{name.ToLowerInvariant()}", "an option", $"an input '{name}' of {definition.DefinitionId}",
                    "leave the option out"));
        }
        var changes = assignments.Where(assignment => !declared.Contains(assignment.Split('=')[0].Trim())).ToList();
        foreach (var (name, value) in RunInputs.Parse(definition, assignments.Except(changes))) inputs[name] = value;
        if (changes.Count > 0 && !declared.Contains("Overrides")) _ = RunInputs.Parse(definition, changes);
        return Checked(definition, inputs, changes, problems);
    }

    private static Dictionary<string, JsonNode?> Checked(WorkflowDocument definition, Dictionary<string, JsonNode?> inputs, List<string> changes, List<Problem> problems)
    {
        var declared = definition.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (declared.Contains("Sample") && declared.Contains("Survey")) CheckSurvey(definition, inputs, changes, problems);
        else if (changes.Count > 0 && declared.Contains("Overrides")) inputs["Overrides"] = Overrides(new SurveySettings().With(changes), changes);
        Anchor(definition, inputs, declared);
        problems.AddRange(Missing(definition, inputs, problems));
        return problems.Count == 0 ? inputs : throw new BadInputException(problems);
    }

    // An input that is declared without a default has none to fall back on.
    private static Problem[] Missing(WorkflowDocument definition, Dictionary<string, JsonNode?> inputs, List<Problem> known) =>
    [
        .. definition.Inputs
            .Where(input => input.Default is null && inputs.GetValueOrDefault(input.Name) is null && known.All(problem => problem.Where != $"--{input.Name.ToLowerInvariant()}"))
            .Select(input => new Problem($"{definition.DefinitionId}.{input.Name}", "no value", $"a value of type {input.TypeName}", $"give it with --set {input.Name}=VALUE")),
    ];

    private static JsonObject Overrides(SurveySettings changed, List<string> changes)
    {
        var all = changed.ToJson();
        return new JsonObject(changes.Select(change => change.Split('=')[0].Trim()).Distinct().Select(key => KeyValuePair.Create(key, all[key]?.DeepClone())));
    }

    // A survey reads its settings, its table and the names of its maps before the first map is opened, and the truth at its end; so does this, before anything is made.
    private static void CheckSurvey(WorkflowDocument definition, Dictionary<string, JsonNode?> inputs, List<string> changes, List<Problem> problems)
    {
        string? Text(string name) => inputs.GetValueOrDefault(name)?.GetValue<string>() ?? DefaultText(definition, name);
        Gather(problems, () =>
        {
            var settings = SurveySettings.Read(ShippedData.Find("surveys", Text("Survey") ?? "default", ".json")).With(changes);
            if (changes.Count > 0) inputs["Overrides"] = Overrides(settings, changes);
            return SurveyPrior.Read(settings.Prior);
        });
        if (Text("Truth") is { } truth && !string.IsNullOrWhiteSpace(truth)) Gather(problems, () => TruthTable.Read(truth));
        if (Text("Sample") is not { } sample)
        {
            problems.Add(new Problem("--sample", "nothing", "a sample table", "name the table with --sample"));
            return;
        }
        Gather(problems, () => SampleWithMaps.Read(sample, Text("Clusters"), Text("Maps") ?? "."));
    }

    private static string? DefaultText(WorkflowDocument definition, string name)
        => definition.Inputs.FirstOrDefault(input => input.Name == name)?.Default is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Paths are from where the run was started, wherever it is resumed.
    private static void Anchor(WorkflowDocument definition, Dictionary<string, JsonNode?> inputs, HashSet<string> declared)
    {
        if (declared.Contains("Maps")) inputs.TryAdd("Maps", DefaultText(definition, "Maps") ?? ".");
        foreach (var name in (string[])["Sample", "Maps", "Truth"])
            if (declared.Contains(name) && inputs.GetValueOrDefault(name)?.GetValue<string>() is { Length: > 0 } path) inputs[name] = Path.GetFullPath(path);
        if (inputs.GetValueOrDefault("Survey")?.GetValue<string>() is { } survey && File.Exists(survey))
            inputs["Survey"] = Path.GetFullPath(ShippedData.Find("surveys", survey, ".json"));
    }

    private static void Gather(List<Problem> problems, Func<object> check)
    {
        try
        {
            _ = check();
        }
        catch (BadInputException bad)
        {
            problems.AddRange(bad.Problems);
        }
    }
}
