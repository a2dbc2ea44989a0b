using System.Diagnostics;
using ClusterSurvey.Support;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>A PostgreSQL server of a test's own, which it may restart.</summary>
internal sealed class QueueServer : IDisposable
{
    private static readonly string script = Path.Combine(SharedData.RepositoryRoot, ".ci", "postgres");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-postgres-");

    public QueueServer()
    {
        PostgresServer.Require();
        // The server is not run by root, and has to get to its folder.
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead;
        Connection = new NpgsqlConnectionStringBuilder(Call("start").Trim()) { Database = "queue" }.ToString();
    }

    public string Connection { get; }

    /// <summary>Ends the server as a power cut does, and starts it again.</summary>
    public void Restart() => Call("restart");

    public void Dispose()
    {
        Call("stop");
        folder.Delete(recursive: true);
    }

    private string Call(string what)
    {
        using var process = Process.Start(new ProcessStartInfo(script, [what, Path.Combine(folder.FullName, "server")]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{script} {what} ended with {process.ExitCode}");
        return output;
    }
}
