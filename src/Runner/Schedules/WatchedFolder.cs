using System.Globalization;
using System.IO.Compression;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>
/// What lies in a folder of maps: names, lengths and times of its files, and whether they are whole. Hidden files, and those that programs give a
/// passing name while they write them, do not count.
/// </summary>
public sealed class WatchedFolder(string folder)
{
    private const int DeepestFolder = 8;
    private const int FitsBlock = 2880;

    private static readonly string[] passing = [".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~"];

    private static readonly EnumerationOptions everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.System };

    // What was found to be whole is not read again while it stays as it is.
    private readonly HashSet<(string Path, long Length, DateTimeOffset Written)> whole = [];

    /// <summary>A text that is another one as soon as a file comes, goes or changes; null when there is no such folder.</summary>
    public string? Fingerprint()
    {
        if (!Directory.Exists(folder)) return null;
        var lines = Files().Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Path} {file.Length} {file.Written.UtcTicks}")).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    /// <summary>False when a map can be seen to lack its end: FITS comes in blocks of 2880 bytes, and a gzip file tells where it ends.</summary>
    public bool IsComplete()
    {
        var unknown = Files().Where(file => !whole.Contains(file)).ToList();
        foreach (var file in unknown.Where(file => IsWhole(file.Path, file.Length))) whole.Add(file);
        return unknown.All(whole.Contains);
    }

    private static bool IsWhole(string path, long length)
    {
        try
        {
            return Path.GetExtension(path) switch
            {
                ".fits" or ".fit" => length > 0 && length % FitsBlock == 0,
                ".gz" => length > 0 && IsWholeArchive(path, length),
                _ => true,
            };
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    // The last four bytes of an archive tell how long its content is, modulo 2^32 (RFC 1952, 2.3.1).
    private static bool IsWholeArchive(string path, long length)
    {
        using var packed = File.OpenRead(path);
        Span<byte> end = stackalloc byte[sizeof(uint)];
        packed.Seek(length - end.Length, SeekOrigin.Begin);
        packed.ReadExactly(end);
        packed.Seek(0, SeekOrigin.Begin);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        long content = 0;
        for (var read = unpacked.Read(buffer); read > 0; read = unpacked.Read(buffer)) content += read;
        return (uint)content == BitConverter.ToUInt32(end);
    }

    private FileSystemEnumerable<(string Path, long Length, DateTimeOffset Written)> Files()
        => new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.Length, entry.LastWriteTimeUtc), everything) { ShouldIncludePredicate = Counts, ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.FileName.StartsWith('.') };

    private static bool Counts(ref FileSystemEntry entry)
    {
        if (entry.IsDirectory || entry.FileName.StartsWith('.')) return false;
        foreach (var ending in passing)
            if (entry.FileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }
}
