using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What differs between two runs: what went in, what it was made with, what came out.</summary>
public sealed class RunComparison(ComparedRun left, ComparedRun right)
{
    /// <summary>How a cluster ends that a run was not asked for.</summary>
    public const string NotAskedFor = "not asked for";

    private const string OverridesInput = "Overrides";

    // Where an activity stands on the canvas, and which version of the definition it is, changes nothing of what it does.
    private static readonly string[] aboutTheDocument = ["id", "nodeId", "metadata", "version", "createdAt", "isLatest", "isPublished", "toolVersion", "links"];

    private static readonly (string Name, Func<PosteriorRow, Interval?> Of)[] parameters =
    [
        ("log10_sigma", row => row.Log10Sigma), ("log10_injection_scale", row => row.Log10InjectionScale), ("slope", row => row.Slope), ("mach_3d", row => row.MachNumber),
    ];

    public ComparedRun Left { get; } = left;

    public ComparedRun Right { get; } = right;

    /// <summary>Inputs of the workflow, and the seed. Changes of settings stand with <see cref="Settings"/> where both runs have read theirs.</summary>
    public IReadOnlyList<FieldChange> Inputs { get; } = FieldChange.Between(InputsOf(left, right), InputsOf(right, left));

    /// <summary>Files that went in, by content: those of another content, or of one run only.</summary>
    public IReadOnlyList<FieldChange> Files { get; } = FieldChange.Between(FilesOf(left), FilesOf(right));

    /// <summary>Settings one by one, also those that neither run has set.</summary>
    public IReadOnlyList<FieldChange> Settings { get; } = FieldChange.Between(left.Manifest.Settings, right.Manifest.Settings);

    /// <summary>The workflow: activities, their inputs and how they are connected.</summary>
    public IReadOnlyList<FieldChange> Workflow { get; } = FieldChange.Between(DefinitionOf(left), DefinitionOf(right));

    /// <summary>Program, libraries, machine, versions of steps, and the rules that the program holds to.</summary>
    public IReadOnlyList<FieldChange> Code { get; } = FieldChange.Between(CodeOf(left, right), CodeOf(right, left));

    /// <summary>Joint posteriors, in the order of the right run.</summary>
    public IReadOnlyList<PosteriorShift> Joint { get; } = Shifts(left.Joint, right.Joint, row => row.Grouping.Length == 0 ? row.Subsample : $"{row.Grouping}: {row.Subsample}");

    /// <summary>Posteriors of clusters, the largest shift first, what only one run has at the end.</summary>
    public IReadOnlyList<PosteriorShift> Posteriors { get; } =
        [.. Shifts(left.Posteriors, right.Posteriors, row => row.Cluster).OrderByDescending(shift => shift.Sigmas is { } sigmas ? Math.Abs(sigmas) : double.NegativeInfinity)];

    /// <summary>Clusters that came to another end: measured in one run and set aside, or not asked for, in the other.</summary>
    public IReadOnlyList<(string Cluster, string Left, string Right)> Ends { get; } =
        [.. left.Clusters.Concat(right.Clusters).Distinct().Select(cluster => (cluster, EndOf(left, cluster), EndOf(right, cluster))).Where(ends => ends.Item2 != ends.Item3)];

    private static JsonObject InputsOf(ComparedRun run, ComparedRun other)
    {
        var inputs = (JsonObject)run.Manifest.Arguments.DeepClone();
        if (run.Manifest.Settings.Count > 0 && other.Manifest.Settings.Count > 0) inputs.Remove(OverridesInput);
        inputs["seed"] = run.Manifest.Seed;
        return inputs;
    }

    private static JsonObject FilesOf(ComparedRun run)
        => new(run.Manifest.Inputs.GroupBy(file => file.Name).Select(files => KeyValuePair.Create<string, JsonNode?>(files.Key, string.Join(' ', files.Select(file => file.Sha256[..16]).Order(StringComparer.Ordinal)))));

    private static JsonObject DefinitionOf(ComparedRun run)
    {
        var definition = (JsonObject)run.Definition.DeepClone();
        foreach (var name in aboutTheDocument) definition.Remove(name);
        Strip(definition["root"]);
        return definition;
    }

    // Activities keep their ids: connections are told by them.
    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in (string[])["nodeId", "metadata"]) members.Remove(name);
            foreach (var (_, member) in members) Strip(member);
        }
        if (node is JsonArray items) foreach (var item in items) Strip(item);
    }

    // A cluster that only one run simulated had no other point spread function in the other.
    private static JsonObject CodeOf(ComparedRun run, ComparedRun other)
    {
        var manifest = run.Manifest;
        var code = new JsonObject(manifest.Versions.Concat(manifest.Machine).Select(fact => KeyValuePair.Create<string, JsonNode?>(fact.Key, fact.Value)));
        foreach (var (step, version) in run.StepVersions) code[$"step {step}"] = version;
        code["Mach calibration"] = manifest.MachCalibration;
        code["projected fields"] = manifest.ProjectedRange;
        code["point spread functions"] = SurveyJson.ToNode(manifest.PointSpreadFunctions.Where(psf => other.Manifest.PointSpreadFunctions.ContainsKey(psf.Key)).ToDictionary());
        return code;
    }

    private static List<PosteriorShift> Shifts<TRow>(IReadOnlyList<TRow> left, IReadOnlyList<TRow> right, Func<TRow, string> subject) where TRow : PosteriorRow
    {
        var (before, after) = (left.ToDictionary(row => (subject(row), row.Region)), right.ToDictionary(row => (subject(row), row.Region)));
        return [.. from key in after.Keys.Union(before.Keys)
                   from parameter in parameters
                   select new PosteriorShift(key.Item1, key.Region, parameter.Name, Of(before, key, parameter.Of), Of(after, key, parameter.Of))];
    }

    private static Interval? Of<TRow>(Dictionary<(string, string), TRow> rows, (string, string) key, Func<PosteriorRow, Interval?> of) where TRow : PosteriorRow
        => rows.TryGetValue(key, out var row) ? of(row) : null;

    private static string EndOf(ComparedRun run, string cluster)
    {
        if (run.Failures.FirstOrDefault(row => row.Cluster == cluster) is { } failure) return $"set aside: {failure.Step}: {failure.Where}: found {failure.Found}, expected {failure.Expected}";
        if (run.Posteriors.Any(row => row.Cluster == cluster)) return "measured";
        return run.Clusters.Contains(cluster) ? "not measured" : NotAskedFor;
    }
}
