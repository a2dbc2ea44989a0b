using System.Buffers.Text;
using System.Text;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>The id of one execution of an activity: its instance and its path, in letters that may stand in an address.</summary>
internal static class ExecutionId
{
    public static string Of(string instanceId, string path) => $"{instanceId}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(path))}";

    /// <summary>The instance and path of an id; null when it is none.</summary>
    public static (string InstanceId, string Path)? Read(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !Base64Url.IsValid(id.AsSpan(dot + 1))) return null;
        return (id[..dot], Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id.AsSpan(dot + 1))));
    }

    /// <summary>The path of what holds an activity: its container, or the loop of whose pass it is.</summary>
    public static string? Parent(string path)
    {
        var end = path.LastIndexOf(':');
        if (end < 0) return null;
        var parent = path[..end];
        return parent.EndsWith(']') ? parent[..parent.LastIndexOf('[')] : parent;
    }
}
