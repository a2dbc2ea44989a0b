using System.Diagnostics;
using System.Text;

namespace ClusterSurvey.Activities.Files;

/// <summary>
/// A file that is written whole or not at all: into a temporary file beside it, flushed to the disk, then renamed by
/// <see cref="Commit"/>. A reader sees the old content or the new; without the commit nothing is left behind.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string target;
    private readonly string temporary;

    public AtomicFile(string path)
    {
        target = Path.GetFullPath(path);
        temporary = target + TemporaryName.Ending;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Where the content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts the finished file under its name.</summary>
    /// <param name="isDurable">False for a file that can be written anew: it is whole for every reader, but may be lost when the machine loses power.</param>
    public void Commit(bool isDurable = true)
    {
        Stream.Flush(flushToDisk: isDurable);
        Stream.Dispose();
        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>Removes the temporary files beside a path that killed processes of this machine have left.</summary>
    /// <param name="path">The file of which they were to become one; all of a folder's when it is a folder.</param>
    public static void ClearLeftovers(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (folder, name) = Directory.Exists(path) ? (path, "*") : (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, $"{name}.*.tmp"))
            if (TemporaryName.ProcessOf(file) is { } process && !IsRunning(process)) File.Delete(file);
    }

    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(temporary);
    }

    /// <summary>The file that a temporary file is to become; any other path is itself.</summary>
    public static string TargetOf(string path) => TemporaryName.TargetOf(path);

    public static void Write(string path, Action<FileStream> write, bool isDurable = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Commit(isDurable);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
