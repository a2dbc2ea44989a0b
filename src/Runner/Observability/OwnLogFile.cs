using System.Globalization;
using ClusterSurvey.Activities.Files;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ClusterSurvey.Runner.Observability;

/// <summary>
/// Files that this process alone writes to. Serilog notices only on Windows that another process writes to a file; elsewhere the two would write over each other. Here the
/// first process of a role on a machine has one name, the next one another, for as long as they are there.
/// </summary>
/// <param name="folder">Where they are; made before the first line.</param>
/// <param name="role">The command.</param>
/// <param name="fileBytes">The length at which a file is followed by another.</param>
/// <param name="files">How many of a name are kept.</param>
/// <param name="isThere">False as long as nothing is to be written.</param>
internal sealed class OwnLogFile(string folder, string role, long fileBytes, int files, Func<bool> isThere) : ILogEventSink, IDisposable
{
    private const int MostProcesses = 100;

    private readonly Lock gate = new();
    private FileStream? held;
    private Logger? opened;

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        lock (gate)
        {
            if (opened is null && isThere()) opened = Open();
            opened?.Write(logEvent);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            opened?.Dispose();
        }
        catch (IOException)
        {
            // A full disk loses the last lines of the log; what the command has to say of it has been said.
        }
        held?.Dispose();
    }

    private Logger? Open()
    {
        Directory.CreateDirectory(folder);
        var free = Enumerable.Range(1, MostProcesses).Select(NameOf).FirstOrDefault(name => (held = LockFile.TryHold(Path.Combine(folder, $".{name}.lock"), FileAccess.Write, FileShare.None)) is not null);
        return free is null ? null : new LoggerConfiguration().MinimumLevel.Verbose()
            .WriteTo.File(new SecretlessLines(), Path.Combine(folder, $"{free}-.jsonl"), rollingInterval: RollingInterval.Day, fileSizeLimitBytes: fileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: files)
            .CreateLogger();
    }

    private string NameOf(int number) => number == 1 ? $"{role}-{Environment.MachineName}" : string.Create(CultureInfo.InvariantCulture, $"{role}-{Environment.MachineName}-{number}");
}
