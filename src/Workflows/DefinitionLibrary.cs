using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows;

/// <summary>The definitions that can be run, by id and by name: those that are shipped, and those of the user.</summary>
public sealed partial class DefinitionLibrary
{
    private const string Extension = ".json";

    private readonly Dictionary<string, WorkflowDocument> byId = new(StringComparer.Ordinal);

    /// <param name="definitions">The definitions; of two with the same id the later counts.</param>
    public DefinitionLibrary(IEnumerable<WorkflowDocument> definitions)
    {
        foreach (var definition in definitions)
        {
            if (definition.DefinitionId.Length == 0) throw new BadInputException(definition.Source, "no definitionId", "a definition with an id", "give it one, or save it once in the designer");
            CheckId(definition.DefinitionId, definition.Source);
            byId[definition.DefinitionId] = definition;
        }
    }

    /// <summary>What the survey ships.</summary>
    public static DefinitionLibrary Shipped { get; } = new(ShippedDefinitions());

    /// <summary>All definitions, ordered by id.</summary>
    public IReadOnlyList<WorkflowDocument> All => [.. byId.Values.OrderBy(definition => definition.DefinitionId, StringComparer.Ordinal)];

    /// <summary>This library and the definitions of a folder, which replace those of the same id.</summary>
    public DefinitionLibrary WithFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new BadInputException(folder, "no such folder", "a folder of workflow definitions", "correct the path");
        return new(All.Concat(Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal).Select(WorkflowDocument.Load)));
    }

    /// <summary>This library and some definitions more.</summary>
    public DefinitionLibrary With(params IEnumerable<WorkflowDocument> definitions) => new(All.Concat(definitions));

    /// <summary>Refuses an id that is no name for a folder: runs are called after their definition.</summary>
    /// <exception cref="BadInputException">The id is none.</exception>
    public static void CheckId(string definitionId, string source)
    {
        if (GoodId().IsMatch(definitionId)) return;
        throw new BadInputException(source, $"the definitionId '{definitionId}'", "letters, digits, spaces, '.', '_' and '-', at most 100, beginning with a letter or digit", "choose another id");
    }

    public bool TryFind(string idOrName, [NotNullWhen(true)] out WorkflowDocument? definition)
    {
        if (byId.TryGetValue(idOrName, out definition)) return true;
        definition = All.FirstOrDefault(candidate => candidate.Name == idOrName);
        return definition is not null;
    }

    /// <summary>The definition with this id or name.</summary>
    /// <exception cref="BadInputException">There is none: the nearest is named.</exception>
    public WorkflowDocument Find(string idOrName)
        => TryFind(idOrName, out var definition) ? definition : throw new BadInputException(idOrName, "no definition of this id or name", "a definition of the library", Spelling.Suggest(idOrName, byId.Keys));

    private static IEnumerable<WorkflowDocument> ShippedDefinitions()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return WorkflowDocument.Parse(reader.ReadToEnd(), name);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}\z")]
    private static partial Regex GoodId();
}
