using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Report;

namespace ClusterSurvey.Activities.Survey;

/// <summary>One step of a run as the manifest lists it.</summary>
/// <param name="Cluster">The cluster, or empty for steps of the whole survey.</param>
/// <param name="Step">The step.</param>
/// <param name="Key">Its artifact key.</param>
/// <param name="FromCache">True when the result was found and not computed.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ManifestStep(string Cluster, string Step, string Key, bool FromCache, double Seconds);

/// <summary>A file that went in, by content.</summary>
public sealed record ManifestInput(string Name, string Sha256, long Bytes);

/// <summary>What is needed to get the numbers of a run again: manifest.json in the run's folder.</summary>
public sealed record RunManifest
{
    private const string File = "manifest.json";

    public required string RunId { get; init; }

    /// <summary>The run's instance in the ledger.</summary>
    public string InstanceId { get; init; } = "";

    public required string Definition { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required string Date { get; init; }

    public string Status { get; init; } = "running";

    /// <summary>Program, runtime and libraries.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Processor, cores, memory and system.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>The values of the definition's inputs.</summary>
    public System.Text.Json.Nodes.JsonObject Arguments { get; init; } = [];

    /// <summary>
    /// All settings, also those that were left at their defaults, with the prior written out; empty for a run that did not come to read them.
    /// </summary>
    public System.Text.Json.Nodes.JsonObject Settings { get; init; } = [];

    public IReadOnlyList<ManifestInput> Inputs { get; init; } = [];

    public IReadOnlyList<ManifestStep> Steps { get; init; } = [];

    /// <summary>The calibration from fluctuation to Mach number that derived quantities rest on.</summary>
    public string MachCalibration { get; init; } = Physics.Conversions.MachCalibration.Linear.Name;

    /// <summary>Where the setting <c>simulator: auto</c> draws fields in projection; elsewhere it takes the cube.</summary>
    public string ProjectedRange { get; init; } = Physics.Simulation.ProjectedRange.InWords;

    /// <summary>The point spread function that each cluster was simulated with, in words.</summary>
    public IReadOnlyDictionary<string, string> PointSpreadFunctions { get; init; } = new Dictionary<string, string>();

    /// <summary>Which clusters the settings exclude, how they divide the others, and which clusters are in no group; without content until the clusters are gathered.</summary>
    public Samples.SampleDivision Division { get; init; } = Samples.SampleDivision.None;

    public double Seconds { get; init; }

    public void Write(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        AtomicFile.WriteText(folder.FileAt(File), JsonSerializer.Serialize(this, SurveyJson.Indented));
    }

    /// <exception cref="Problems.BadInputException">The folder holds no run.</exception>
    public static RunManifest Read(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = folder.FileAt(File);
        try
        {
            return JsonSerializer.Deserialize<RunManifest>(InputFiles.Read(path), SurveyJson.Options)!;
        }
        catch (JsonException damaged)
        {
            throw new Problems.BadInputException(path, damaged.Message, "the manifest of a run", "name the folder of a run", damaged);
        }
    }

    /// <summary>The manifest as the report shows it.</summary>
    public Provenance Provenance(SurveyRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Provenance
        {
            RunId = RunId,
            Seed = Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Versions = [.. Versions.Concat(Machine).Select(entry => new Fact(entry.Key, entry.Value))],
            Settings = [.. run.SettingsJson
                .Where(setting => setting.Key != "prior")
                .Select(setting => new Fact(setting.Key, setting.Value?.ToJsonString(SurveyJson.Options) ?? ""))],
            Inputs = [.. Inputs.Select(input => new InputRecord(input.Name, input.Sha256, input.Bytes))],
            Timings = [.. Steps
                .GroupBy(step => step.Step)
                .Select(group => new TimingRecord(group.Key, group.Count(), group.Count(step => step.FromCache), group.Sum(step => step.Seconds)))],
            Artifacts = [.. Steps.Where(step => step.Key.Length > 0).Select(step => new ArtifactRecord(step.Cluster, step.Step, "result", step.Key))],
        };
    }
}
