using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>A folder for one test, removed with what is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("clustersurvey-tables-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class Refused
{
    /// <summary>The problems with which the input is refused.</summary>
    public static IReadOnlyList<Problem> By(Action read) => Assert.Throws<BadInputException>(read).Problems;

    /// <summary>The message, when the input is refused.</summary>
    public static string Message(Action read) => Assert.Throws<BadInputException>(read).Message;
}
