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
        temporary = $"{target}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Where the content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts the finished file under its name.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(temporary, target, overwrite: true);
    }

    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(temporary);
    }

    public static void Write(string path, Action<FileStream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Commit();
    }

    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
