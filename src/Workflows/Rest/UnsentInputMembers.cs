using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>
/// Defaults and bounds of a definition's inputs. The designer neither shows nor sends them: an input that is saved without one keeps the one that it had.
/// </summary>
internal static class UnsentInputMembers
{
    /// <summary>The document with those of the version before it, for inputs of the same name and type.</summary>
    public static JsonObject Carried(JsonObject model, DefinitionStore store)
    {
        if (Node.Text(model, "definitionId") is not { Length: > 0 } id || store.Find(id, VersionChoice.Latest) is not { } latest || store.Document(latest) is not { } before) return model;
        foreach (var (input, _) in Node.Items(model, "inputs", ""))
        {
            var known = before.Inputs.FirstOrDefault(declared => declared.Name == Node.Text(input, "name") && declared.TypeName == Node.Text(input, "type"));
            Carry(input, InputDeclaration.DefaultMember, known?.Default);
            Carry(input, InputDeclaration.MinimumMember, known?.Minimum);
            Carry(input, InputDeclaration.MaximumMember, known?.Maximum);
            Carry(input, InputDeclaration.ZeroForNoneMember, known is { ZeroForNone: true } ? true : null);
        }
        return model;
    }

    private static void Carry(JsonObject input, string member, JsonNode? known)
    {
        if (known is not null && !input.ContainsKey(member)) input[member] = known.DeepClone();
    }
}
