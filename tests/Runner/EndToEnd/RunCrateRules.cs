using System.Globalization;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>
/// What the specifications demand of a crate: RO-Crate 1.1 (metadata descriptor, root, flat graph, data entities), Workflow RO-Crate 1.0
/// (main entity), Process Run Crate 0.5 (action), Workflow Run Crate 0.5 (parameters). Written from their texts, not from our writer.
/// </summary>
internal static class RunCrateRules
{
    private static readonly string[] profiles = ["https://w3id.org/ro/wfrun/process/0.5", "https://w3id.org/ro/wfrun/workflow/0.5", "https://w3id.org/workflowhub/workflow-ro-crate/1.0"];

    public static IReadOnlyList<JsonObject> Entities(JsonObject metadata) => [.. metadata["@graph"]!.AsArray().Select(entity => entity!.AsObject())];

    public static string Id(JsonObject entity) => entity["@id"]!.GetValue<string>();

    public static bool IsA(JsonObject entity, string type) => entity["@type"] is JsonArray types ? types.Any(each => each!.GetValue<string>() == type) : entity["@type"]?.GetValue<string>() == type;

    public static IReadOnlyList<string> Links(JsonObject entity, string property) => entity[property] switch
    {
        JsonArray links => [.. links.Select(link => link!["@id"]!.GetValue<string>())],
        JsonObject link => [link["@id"]!.GetValue<string>()],
        _ => [],
    };

    public static IReadOnlyList<string> Problems(JsonObject metadata, string folder) => [.. Graph(metadata), .. Descriptor(metadata), .. Root(metadata), .. DataEntities(metadata, folder), .. MainWorkflow(metadata), .. Actions(metadata)];

    private static IEnumerable<string> Graph(JsonObject metadata)
    {
        var contexts = metadata["@context"] is JsonArray many ? many.Select(context => context!.GetValue<string>()).ToList() : [metadata["@context"]!.GetValue<string>()];
        if (!contexts.Contains("https://w3id.org/ro/crate/1.1/context")) yield return "@context: no RO-Crate 1.1";
        foreach (var twice in Entities(metadata).GroupBy(Id).Where(group => group.Count() > 1)) yield return $"{twice.Key}: described twice";
        foreach (var entity in Entities(metadata).Where(entity => entity["@type"] is null)) yield return $"{Id(entity)}: no @type";
        var ids = Entities(metadata).Select(Id).ToHashSet();
        foreach (var entity in Entities(metadata))
            foreach (var (name, value) in entity)
                foreach (var link in Nested(value).Where(link => !ids.Contains(link) && !link.StartsWith("http", StringComparison.Ordinal))) yield return $"{Id(entity)}.{name}: {link} is not described";
    }

    // Entities are not nested: a value that is an object is a link, and nothing but a link.
    private static IEnumerable<string> Nested(JsonNode? value) => value switch
    {
        JsonArray items => items.SelectMany(Nested),
        JsonObject { Count: 1 } link when link["@id"] is not null => [link["@id"]!.GetValue<string>()],
        JsonObject => ["a nested entity"],
        _ => [],
    };

    private static List<string> Descriptor(JsonObject metadata)
    {
        var descriptor = Entities(metadata).FirstOrDefault(entity => Id(entity) == "ro-crate-metadata.json");
        if (descriptor is null) return ["no metadata descriptor"];
        List<string> problems = [];
        if (!IsA(descriptor, "CreativeWork")) problems.Add("descriptor: no CreativeWork");
        if (!Links(descriptor, "conformsTo").Contains("https://w3id.org/ro/crate/1.1")) problems.Add("descriptor: conformsTo RO-Crate 1.1 is missing");
        if (!Links(descriptor, "about").SequenceEqual(["./"])) problems.Add("descriptor: about is not the root");
        return problems;
    }

    private static IEnumerable<string> Root(JsonObject metadata)
    {
        var root = Entities(metadata).Single(entity => Id(entity) == "./");
        if (!IsA(root, "Dataset")) yield return "root: no Dataset";
        foreach (var name in (string[])["name", "description", "license", "hasPart", "mainEntity"])
            if (root[name] is null) yield return $"root: no {name}";
        if (!DateTimeOffset.TryParse(root["datePublished"]?.GetValue<string>(), CultureInfo.InvariantCulture, out _)) yield return "root: datePublished is no date";
        foreach (var profile in profiles)
        {
            if (!Links(root, "conformsTo").Contains(profile)) yield return $"root: does not conform to {profile}";
            if (!Entities(metadata).Any(entity => Id(entity) == profile && IsA(entity, "CreativeWork") && entity["name"] is not null && entity["version"] is not null)) yield return $"{profile} is not described";
        }
    }

    private static IEnumerable<string> DataEntities(JsonObject metadata, string folder)
    {
        var parts = Links(Entities(metadata).Single(entity => Id(entity) == "./"), "hasPart").ToHashSet();
        foreach (var file in Entities(metadata).Where(entity => IsA(entity, "File")).Select(Id))
        {
            if (!parts.Contains(file)) yield return $"{file}: not in hasPart of the root";
            if (!Uri.TryCreate(file, UriKind.Absolute, out _) && !File.Exists(Path.Combine(folder, Uri.UnescapeDataString(file)))) yield return $"{file}: not in the crate";
        }
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Where(path => path != "ro-crate-metadata.json"))
            if (!parts.Contains(path)) yield return $"{path}: not described";
    }

    private static List<string> MainWorkflow(JsonObject metadata)
    {
        var main = Links(Entities(metadata).Single(entity => Id(entity) == "./"), "mainEntity").Select(id => Entities(metadata).FirstOrDefault(entity => Id(entity) == id)).FirstOrDefault();
        if (main is null) return ["root: mainEntity is not described"];
        List<string> problems = [];
        foreach (var type in (string[])["File", "SoftwareSourceCode", "ComputationalWorkflow"])
            if (!IsA(main, type)) problems.Add($"main workflow: no {type}");
        if (main["name"] is null) problems.Add("main workflow: no name");
        var language = Entities(metadata).FirstOrDefault(entity => Links(main, "programmingLanguage").Contains(Id(entity)));
        if (language is null || !IsA(language, "ComputerLanguage") || language["name"] is null) problems.Add("main workflow: programmingLanguage is not described");
        foreach (var slot in Links(main, "input").Select(id => Entities(metadata).Single(entity => Id(entity) == id)))
        {
            if (!IsA(slot, "FormalParameter")) problems.Add($"{Id(slot)}: no FormalParameter");
            if (slot["additionalType"] is null) problems.Add($"{Id(slot)}: no additionalType");
            if (slot["name"] is null) problems.Add($"{Id(slot)}: no name");
        }
        return problems;
    }

    private static IEnumerable<string> Actions(JsonObject metadata)
    {
        var root = Entities(metadata).Single(entity => Id(entity) == "./");
        var actions = Entities(metadata).Where(entity => IsA(entity, "CreateAction")).ToList();
        if (actions.Count == 0) yield return "no CreateAction";
        foreach (var action in actions)
        {
            if (!Links(root, "mentions").Contains(Id(action))) yield return $"{Id(action)}: not mentioned by the root";
            if (!Links(action, "instrument").SequenceEqual(Links(root, "mainEntity"))) yield return $"{Id(action)}: instrument is not the main workflow";
            foreach (var name in (string[])["startTime", "endTime"])
                if (action[name] is { } time && !DateTimeOffset.TryParse(time.GetValue<string>(), CultureInfo.InvariantCulture, out _)) yield return $"{Id(action)}: {name} is no time";
            foreach (var value in Links(action, "object").Select(id => Entities(metadata).FirstOrDefault(entity => Id(entity) == id)).OfType<JsonObject>().Where(entity => IsA(entity, "PropertyValue")))
            {
                if (value["name"] is null || value["value"] is null) yield return $"{Id(value)}: no name or value";
                if (Links(value, "exampleOfWork").Count == 0) yield return $"{Id(value)}: no exampleOfWork";
            }
        }
    }
}
