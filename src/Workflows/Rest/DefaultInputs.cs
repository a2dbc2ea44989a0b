using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>
/// Default values of a definition's inputs. The designer neither shows nor sends them: an input that is saved without one keeps the one that it had.
/// </summary>
internal static class DefaultInputs
{
    /// <summary>The document with the defaults of the version before it, for inputs of the same name and type.</summary>
    public static JsonObject Carried(JsonObject model, DefinitionStore store)
    {
        if (Node.Text(model, "definitionId") is not { Length: > 0 } id || store.Find(id, VersionChoice.Latest) is not { } latest || store.Document(latest) is not { } before) return model;
        foreach (var (input, _) in Node.Items(model, "inputs", ""))
        {
            if (input.ContainsKey("defaultValue")) continue;
            var known = before.Inputs.FirstOrDefault(declared => declared.Name == Node.Text(input, "name") && declared.TypeName == Node.Text(input, "type"));
            if (known?.Default is { } value) input["defaultValue"] = value.DeepClone();
        }
        return model;
    }
}
