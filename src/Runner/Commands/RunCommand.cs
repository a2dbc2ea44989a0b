using System.CommandLine;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Commands;

/// <summary>run DEFINITION: a survey from its sample table to its report.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var definition = new Argument<string>("definition") { Description = "name of a shipped workflow (see workflows list), or the path of a definition" };
        var sample = new Option<string?>("--sample") { Description = "sample table (CSV)" };
        var maps = new Option<string?>("--maps") { Description = "folder to which the table's file columns are relative" };
        var survey = new Option<string?>("--survey") { Description = "settings: a name in data/surveys, or the path of a settings file" };
        var home = CommonOptions.Home();
        var seed = CommonOptions.SeedOption();
        var simulations = new Option<int?>("--simulations") { Description = "simulations per cluster" };
        var set = new Option<string[]>("--set")
        {
            Description = "KEY=VALUE: an input of the definition, or a key of the settings; may be repeated", AllowMultipleArgumentsPerToken = false,
        };
        var clusters = new Option<string?>("--clusters") { Description = "NAME,...: only these clusters" };
        var fresh = new Option<bool>("--fresh") { Description = "compute everything, even what is known" };
        var json = CommonOptions.Json();
        var command = new Command("run", "Runs a survey.") { definition, sample, maps, survey, home, seed, simulations, set, clusters, fresh, json };
        command.SetAction((parsed, cancellation) =>
        {
            var document = Load(parsed.GetRequiredValue(definition));
            (string Name, string? Value)[] given =
            [
                ("Sample", parsed.GetValue(sample)), ("Maps", parsed.GetValue(maps)),
                ("Survey", parsed.GetValue(survey)), ("Clusters", parsed.GetValue(clusters)),
            ];
            var settings = (parsed.GetValue(set) ?? []).ToList();
            if (parsed.GetValue(simulations) is { } count) settings.Add($"simulations={count}");
            var inputs = Inputs(document, given, settings);
            var launcher = new SurveyLauncher(new RunHome(parsed.GetValue(home) ?? RunHome.Default), TimeProvider.System);
            var summary = launcher.Start(document, inputs, CommonOptions.SeedOf(parsed, seed), parsed.GetValue(fresh), cancellation);
            return Task.FromResult(RunResult.Show(summary, parsed.GetValue(json)));
        });
        return command;
    }

    /// <summary>A definition by name or by path.</summary>
    public static WorkflowDocument Load(string nameOrPath)
        => File.Exists(nameOrPath) ? WorkflowDocument.Load(nameOrPath) : DefinitionLibrary.Shipped.Find(nameOrPath);

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
        if (declared.Contains("Sample") && declared.Contains("Survey")) CheckSurvey(inputs, changes, problems);
        else if (changes.Count > 0 && declared.Contains("Overrides")) inputs["Overrides"] = Overrides(new SurveySettings().With(changes), changes);
        Anchor(inputs, declared);
        return problems.Count == 0 ? inputs : throw new BadInputException(problems);
    }

    private static JsonObject Overrides(SurveySettings changed, List<string> changes)
    {
        var all = changed.ToJson();
        return new JsonObject(changes.Select(change => change.Split('=')[0].Trim()).Distinct().Select(key => KeyValuePair.Create(key, all[key]?.DeepClone())));
    }

    // A survey reads its settings, its table and the names of its maps before the first map is opened; so does this, before anything is made.
    private static void CheckSurvey(Dictionary<string, JsonNode?> inputs, List<string> changes, List<Problem> problems)
    {
        string? Text(string name) => inputs.GetValueOrDefault(name)?.GetValue<string>();
        Gather(problems, () =>
        {
            var settings = SurveySettings.Read(ShippedData.Find("surveys", Text("Survey") ?? "default", ".json")).With(changes);
            if (changes.Count > 0) inputs["Overrides"] = Overrides(settings, changes);
            return SurveyPrior.Read(settings.Prior);
        });
        if (Text("Sample") is not { } sample)
        {
            problems.Add(new Problem("--sample", "nothing", "a sample table", "name the table with --sample"));
            return;
        }
        Gather(problems, () => SampleWithMaps.Read(sample, Text("Clusters"), Text("Maps") ?? "."));
    }

    // Paths are from where the run was started, wherever it is resumed.
    private static void Anchor(Dictionary<string, JsonNode?> inputs, HashSet<string> declared)
    {
        if (declared.Contains("Maps")) inputs.TryAdd("Maps", ".");
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
