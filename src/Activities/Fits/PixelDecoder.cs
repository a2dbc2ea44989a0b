using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClusterSurvey.Activities.Fits;

/// <summary>Turns big-endian stored numbers into physical values, physical = BZERO + BSCALE x stored (FITS standard 4.0, section 4.4.2).</summary>
internal sealed class PixelDecoder
{
    private const int BufferBytes = 1 << 16;

    private readonly FitsHdu hdu;
    private readonly double scale, zero;
    private readonly long? blank;

    public PixelDecoder(FitsHdu hdu)
    {
        this.hdu = hdu;
        scale = hdu.Header.NumberOrNull("BSCALE") ?? 1;
        zero = hdu.Header.NumberOrNull("BZERO") ?? 0;
        if (scale == 0) throw hdu.Header.Wrong("BSCALE", "a number other than 0");
        blank = hdu.BitsPerPixel > 0 ? hdu.Header.IntegerOrNull("BLANK") : null;
    }

    public double[] Read(FitsSource source)
    {
        var pixels = new double[hdu.Axes[0] * hdu.Axes[1]];
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var bytesPerPixel = Math.Abs(hdu.BitsPerPixel) / 8;
            for (var done = 0; done < pixels.Length;)
            {
                var some = Math.Min(pixels.Length - done, BufferBytes / bytesPerPixel);
                var bytes = buffer.AsSpan(0, some * bytesPerPixel);
                var count = source.Read(bytes);
                if (count < bytes.Length) throw TooShort(source, done * (long)bytesPerPixel + count);
                Decode(bytes, pixels.AsSpan(done, some));
                done += some;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return pixels;
    }

    private FitsException TooShort(FitsSource source, long bytes) => new(
        source.Path, hdu.Index, "NAXIS", $"{bytes} bytes of data", $"{hdu.DataBytes} bytes for {hdu.Axes[0]} x {hdu.Axes[1]} pixels of {Math.Abs(hdu.BitsPerPixel)} bits",
        "the file is cut short: copy or make it again");

    private void Decode(Span<byte> bytes, Span<double> pixels)
    {
        switch (hdu.BitsPerPixel)
        {
            case 8: Bytes(bytes, pixels); break;
            case 16: Shorts(MemoryMarshal.Cast<byte, short>(bytes), pixels); break;
            case 32: Integers(MemoryMarshal.Cast<byte, int>(bytes), pixels); break;
            case 64: Longs(MemoryMarshal.Cast<byte, long>(bytes), pixels); break;
            case -32: Singles(MemoryMarshal.Cast<byte, int>(bytes), pixels); break;
            default: Doubles(MemoryMarshal.Cast<byte, long>(bytes), pixels); break;
        }
        if (scale == 1 && zero == 0) return;
        foreach (ref var pixel in pixels) pixel = zero + scale * pixel;
    }

    private void Bytes(Span<byte> stored, Span<double> pixels)
    {
        for (var i = 0; i < stored.Length; i++) pixels[i] = stored[i] == blank ? double.NaN : stored[i];
    }

    private void Shorts(Span<short> stored, Span<double> pixels)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(stored, stored);
        for (var i = 0; i < stored.Length; i++) pixels[i] = stored[i];
        if (blank is not { } none) return;
        for (var i = 0; i < stored.Length; i++) if (stored[i] == none) pixels[i] = double.NaN;
    }

    private void Integers(Span<int> stored, Span<double> pixels)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(stored, stored);
        for (var i = 0; i < stored.Length; i++) pixels[i] = stored[i];
        if (blank is not { } none) return;
        for (var i = 0; i < stored.Length; i++) if (stored[i] == none) pixels[i] = double.NaN;
    }

    private void Longs(Span<long> stored, Span<double> pixels)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(stored, stored);
        for (var i = 0; i < stored.Length; i++) pixels[i] = stored[i] == blank ? double.NaN : stored[i];
    }

    private static void Singles(Span<int> stored, Span<double> pixels)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(stored, stored);
        var values = MemoryMarshal.Cast<int, float>(stored);
        for (var i = 0; i < values.Length; i++) pixels[i] = values[i];
    }

    private static void Doubles(Span<long> stored, Span<double> pixels)
    {
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(stored, stored);
        MemoryMarshal.Cast<long, double>(stored).CopyTo(pixels);
    }
}
