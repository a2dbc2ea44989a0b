using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Runs;

/// <summary>A file of a crate.</summary>
/// <param name="Id">Its path in the crate, or the name of its content when it stays outside.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The hash of its content.</param>
public sealed record CrateFile(string Id, string Name, long Bytes, string Sha256)
{
    /// <summary>The name of a file by its content, for files that stay where they are.</summary>
    public static string ContentName(string sha256) => $"urn:hash::sha256:{sha256}";
}

/// <summary>
/// Describes a run as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) of the profiles Process Run Crate 0.5 and Workflow Run Crate 0.5
/// (https://w3id.org/ro/wfrun/workflow/0.5): which workflow ran, on which files and values, when, what came of it, and whether it succeeded.
/// </summary>
public sealed class CrateMetadata(RunManifest manifest, WorkflowDocument definition, string? license)
{
    /// <summary>The name that the specification gives to the description.</summary>
    public const string FileName = "ro-crate-metadata.json";

    /// <summary>The definition's file in the crate.</summary>
    public const string Workflow = "definition.json";

    private const string Crate = "https://w3id.org/ro/crate/1.1";
    private const string WorkflowCrate = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";
    private const string ProcessRun = "https://w3id.org/ro/wfrun/process/0.5";
    private const string WorkflowRun = "https://w3id.org/ro/wfrun/workflow/0.5";
    private const string FormalParameter = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE";
    private const string Run = "#run", Engine = "#engine", Language = "#elsa", NoLicense = "#license";

    /// <summary>The whole description.</summary>
    /// <param name="files">The files of the crate, with the definition among them.</param>
    /// <param name="inputs">What was read and stays outside.</param>
    public JsonObject Describe(IReadOnlyList<CrateFile> files, IReadOnlyList<CrateFile> inputs) => new()
    {
        ["@context"] = new JsonArray("https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"),
        ["@graph"] = new JsonArray([Descriptor(), Root(files, inputs), Main(files), Action(files, inputs), .. Parameters(), .. Values(), .. Files(files, inputs), .. Context()]),
    };

    private static JsonObject Descriptor() => new()
    {
        ["@id"] = FileName, ["@type"] = "CreativeWork", ["about"] = Link("./"), ["conformsTo"] = Links(Crate, WorkflowCrate),
    };

    private JsonObject Root(IReadOnlyList<CrateFile> files, IReadOnlyList<CrateFile> inputs) => new()
    {
        ["@id"] = "./",
        ["@type"] = "Dataset",
        ["name"] = $"{definition.Name}: {manifest.RunId}",
        ["description"] = definition.Description.Length > 0 ? definition.Description : $"A run of {definition.Name}.",
        ["datePublished"] = Time(Began + TimeSpan.FromSeconds(manifest.Seconds)),
        ["license"] = Link(license ?? NoLicense),
        ["conformsTo"] = Links(ProcessRun, WorkflowRun, WorkflowCrate),
        ["mainEntity"] = Link(Workflow),
        ["hasPart"] = Links([.. files.Concat(inputs).Select(file => file.Id)]),
        ["mentions"] = Link(Run),
    };

    private JsonObject Main(IReadOnlyList<CrateFile> files)
    {
        var entity = File(files.Single(file => file.Id == Workflow));
        entity["@type"] = new JsonArray("File", "SoftwareSourceCode", "ComputationalWorkflow");
        entity["name"] = definition.Name;
        entity["version"] = definition.Version.ToString(CultureInfo.InvariantCulture);
        entity["programmingLanguage"] = Link(Language);
        entity["input"] = Links([.. definition.Inputs.Select(input => Slot(input.Name))]);
        return entity;
    }

    private JsonObject Action(IReadOnlyList<CrateFile> files, IReadOnlyList<CrateFile> inputs)
    {
        var succeeded = manifest.Status is nameof(RunStatus.Finished) or nameof(RunStatus.FinishedWithFailures);
        var action = new JsonObject
        {
            ["@id"] = Run,
            ["@type"] = "CreateAction",
            ["name"] = $"Run {manifest.RunId} of {definition.Name}",
            ["description"] = string.Create(CultureInfo.InvariantCulture, $"seed {manifest.Seed}, {manifest.Steps.Count} steps, {manifest.Steps.Count(step => step.FromCache)} of them from earlier runs; {manifest.Status}"),
            ["instrument"] = Link(Workflow),
            ["agent"] = Link(Engine),
            ["startTime"] = Time(Began),
            ["endTime"] = Time(Began + TimeSpan.FromSeconds(manifest.Seconds)),
            ["actionStatus"] = Link(succeeded ? "http://schema.org/CompletedActionStatus" : "http://schema.org/FailedActionStatus"),
            ["object"] = Links([.. inputs.Select(file => file.Id), .. manifest.Arguments.Select(argument => Value(argument.Key))]),
            ["result"] = Links([.. files.Select(file => file.Id).Where(id => id != Workflow)]),
        };
        if (!succeeded) action["error"] = $"the run ended as {manifest.Status}";
        return action;
    }

    private IEnumerable<JsonObject> Parameters() => definition.Inputs.Select(input => new JsonObject
    {
        ["@id"] = Slot(input.Name),
        ["@type"] = "FormalParameter",
        ["additionalType"] = AdditionalType(input.TypeName),
        ["conformsTo"] = Link(FormalParameter),
        ["name"] = input.Name,
        ["description"] = input.Description ?? "",
        ["valueRequired"] = input.Default is null ? "True" : "False",
    });

    private IEnumerable<JsonObject> Values() => manifest.Arguments.Select(argument => new JsonObject
    {
        ["@id"] = Value(argument.Key),
        ["@type"] = "PropertyValue",
        ["name"] = argument.Key,
        ["value"] = argument.Value is JsonValue plain ? plain.DeepClone() : argument.Value?.ToJsonString() ?? "",
        ["exampleOfWork"] = Link(Slot(argument.Key)),
    });

    private static IEnumerable<JsonObject> Files(IReadOnlyList<CrateFile> files, IReadOnlyList<CrateFile> inputs)
        => files.Where(file => file.Id != Workflow).Concat(inputs).Select(File);

    private static JsonObject File(CrateFile file) => new()
    {
        ["@id"] = file.Id, ["@type"] = "File", ["name"] = file.Name, ["contentSize"] = file.Bytes.ToString(CultureInfo.InvariantCulture),
        ["sha256"] = file.Sha256, ["encodingFormat"] = Format(file.Name),
    };

    private IEnumerable<JsonObject> Context()
    {
        yield return Profile(ProcessRun, "Process Run Crate", "0.5");
        yield return Profile(WorkflowRun, "Workflow Run Crate", "0.5");
        yield return Profile(WorkflowCrate, "Workflow RO-Crate", "1.0");
        yield return new JsonObject
        {
            ["@id"] = Engine, ["@type"] = "SoftwareApplication", ["name"] = "ClusterSurvey", ["softwareVersion"] = manifest.Versions.Values.FirstOrDefault() ?? "",
            ["softwareRequirements"] = string.Join(", ", manifest.Versions.Skip(1).Select(version => $"{version.Key} {version.Value}")),
        };
        yield return new JsonObject
        {
            ["@id"] = Language, ["@type"] = "ComputerLanguage", ["name"] = "Elsa workflow definition", ["alternateName"] = "Elsa 3", ["identifier"] = Link("https://github.com/elsa-workflows/elsa-core"),
            ["url"] = Link("https://github.com/elsa-workflows/elsa-core"), ["version"] = "3.8",
        };
        if (license is null) yield return new JsonObject { ["@id"] = NoLicense, ["@type"] = "CreativeWork", ["name"] = "No licence has been stated", ["description"] = "Ask the owner of the run before passing it on." };
        else yield return new JsonObject { ["@id"] = license, ["@type"] = "CreativeWork", ["name"] = license };
    }

    private static JsonObject Profile(string id, string name, string version) => new() { ["@id"] = id, ["@type"] = "CreativeWork", ["name"] = name, ["version"] = version };

    private DateTimeOffset Began => DateTimeOffset.ParseExact(manifest.Date, "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss+00:00", CultureInfo.InvariantCulture);

    private static string Slot(string input) => $"#input-{Uri.EscapeDataString(input)}";

    private static string Value(string input) => $"#value-{Uri.EscapeDataString(input)}";

    private static string AdditionalType(string typeName) => typeName switch
    {
        "Boolean" => "Boolean",
        "Int32" or "Int64" or "Long" => "Integer",
        "Single" or "Double" or "Decimal" => "Float",
        "String" => "Text",
        _ => "PropertyValue",
    };

    private static string Format(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".html" => "text/html",
        ".parquet" => "application/vnd.apache.parquet",
        ".csv" => "text/csv",
        ".fits" => "image/fits",
        ".gz" => "application/gzip",
        ".reg" => "text/plain",
        _ => "application/octet-stream",
    };

    private static JsonObject Link(string id) => new() { ["@id"] = id };

    private static JsonArray Links(params IEnumerable<string> ids) => new([.. ids.Distinct().Select(Link)]);
}
