namespace ClusterSurvey.Support;

/// <summary>
/// Finds the real maps and golden results that live outside the repository: in the folder named by
/// CLUSTERSURVEY_SHARED, or in <c>../shared</c> beside the checkout. Without them a test skips with a
/// reason, unless CLUSTERSURVEY_REQUIRE_SHARED=1, and then it fails.
/// </summary>
internal static class SharedData
{
    public static string Path(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("CLUSTERSURVEY_SHARED") ?? System.IO.Path.Combine(RepositoryRoot, "..", "shared");
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([root, .. parts]));
        if (File.Exists(path) || Directory.Exists(path)) return path;
        var reason = $"{path} is not there: set CLUSTERSURVEY_SHARED to the folder of shared maps and golden results";
        if (Environment.GetEnvironmentVariable("CLUSTERSURVEY_REQUIRE_SHARED") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        return path;
    }

    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    private static string FindRepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ClusterSurvey.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no ClusterSurvey.sln above {AppContext.BaseDirectory}");
    }
}
