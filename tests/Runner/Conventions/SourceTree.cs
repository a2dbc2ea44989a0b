using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Conventions;

internal static class SourceTree
{
    /// <summary>The C# files below a folder of the repository, without what the build makes.</summary>
    public static IEnumerable<string> Files(string folder)
        => Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
