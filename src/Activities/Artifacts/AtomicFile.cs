namespace ClusterSurvey.Activities.Artifacts;

/// <summary>Writes a file whole or not at all: to a temporary name beside it, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = TemporaryNameFor(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    /// <summary>A name in the same folder that no other process or thread uses.</summary>
    internal static string TemporaryNameFor(string path) => $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
}
