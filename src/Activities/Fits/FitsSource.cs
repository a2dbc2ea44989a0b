using System.Buffers;
using System.IO.Compression;

namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// The bytes of a FITS file from front to back, unpacked when its first two bytes are those of gzip, whatever its name.
/// Knows how many bytes can still come, so that no size claim has to be believed.
/// </summary>
internal sealed class FitsSource : IDisposable
{
    // Deflate cannot do better than 258 bytes for 2 bits.
    private const long GreatestCompression = 1032;

    private readonly FileStream file;
    private readonly Stream stream;
    private readonly FitsLimits limits;

    private FitsSource(string path, FileStream file, FitsLimits limits)
    {
        (Path, this.file, this.limits) = (path, file, limits);
        Span<byte> magic = stackalloc byte[6];
        var known = magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        RejectOtherPackers(known);
        IsGzip = known.StartsWith<byte>([0x1F, 0x8B]);
        stream = IsGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        Length = IsGzip
            ? Math.Min(limits.MaximumUnpackedBytes, file.Length > long.MaxValue / GreatestCompression ? long.MaxValue : file.Length * GreatestCompression)
            : file.Length;
    }

    public string Path { get; }

    public bool IsGzip { get; }

    public long FileLength => file.Length;

    /// <summary>Bytes given so far.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of a plain file; for a packed one, the most that its bytes, and the limit, allow.</summary>
    public long Length { get; }

    /// <summary>No more than this can still come.</summary>
    public long Remaining => Length - Position;

    public static FitsSource Open(string path, FitsLimits limits) => Guard(path, () =>
    {
        if (Directory.Exists(path)) throw new FitsException(path, null, null, "a folder", "a FITS file", "name a file in it");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        FitsSource? source = null;
        try
        {
            if (file.Length == 0) throw new FitsException(path, null, null, "an empty file (0 bytes)", "a FITS file", "copy or make the file again");
            return source = new FitsSource(path, file, limits);
        }
        finally
        {
            if (source is null) file.Dispose();
        }
    });

    /// <summary>Fills the buffer as far as the file goes, and says how far.</summary>
    public int Read(Span<byte> buffer)
    {
        try
        {
            var wanted = (int)Math.Min(buffer.Length, IsGzip ? Remaining : long.MaxValue);
            var count = stream.ReadAtLeast(buffer[..wanted], wanted, throwOnEndOfStream: false);
            Position += count;
            return count;
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(damage);
        }
        catch (IOException failure)
        {
            throw Unreadable(Path, failure);
        }
    }

    /// <summary>Passes over bytes; returns how many there were.</summary>
    public long Skip(long bytes)
    {
        if (!IsGzip)
        {
            var step = Math.Min(bytes, file.Length - Position);
            file.Position = Position += step;
            return step;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var left = bytes;
            while (left > 0)
            {
                var count = Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
                if (count == 0) break;
                left -= count;
            }
            return bytes - left;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Unpacks what is left, so that the checksum at the end of a gzip file has been compared.</summary>
    public void VerifyToEnd()
    {
        if (!IsGzip) return;
        Skip(Remaining);
        if (Remaining == 0 && Length == limits.MaximumUnpackedBytes)
            throw new FitsException(
                Path, null, null, $"more than {limits.MaximumUnpackedBytes} bytes when unpacked", "at most that many", "unpack the file and keep the image only, or raise the limit");
    }

    public void Dispose()
    {
        stream.Dispose();
        file.Dispose();
    }

    private FitsException Damaged(Exception cause) => new(
        Path, null, null, $"damaged gzip data after {Position} unpacked bytes ({Printable.Cut(cause.Message)})", "gzip data that unpack", "copy the file again", cause);

    private static FitsException Unreadable(string path, Exception cause) =>
        new(path, null, null, $"a file that cannot be read ({Printable.Cut(cause.Message)})", "a file that can be read", "check its name and its rights", cause);

    private static T Guard<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FitsException(path, null, null, "no such file", "a FITS file", "check the name and the folder", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(path, failure);
        }
    }

    private void RejectOtherPackers(ReadOnlySpan<byte> magic)
    {
        var packer = magic.StartsWith("BZh"u8) ? "bzip2"
            : magic.StartsWith("PK"u8) ? "zip"
            : magic.StartsWith<byte>([0x1F, 0x9D]) ? "compress (.Z)"
            : magic.StartsWith<byte>([0xFD, (byte)'7', (byte)'z']) ? "xz"
            : magic.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) ? "zstd"
            : null;
        if (packer is not null) throw new FitsException(Path, null, null, $"{packer} data", "plain FITS or gzip", "unpack the file, or pack it with gzip");
    }
}
