using System.Buffers.Binary;
using System.IO.Compression;

namespace ClusterSurvey.Activities.Report.Images;

/// <summary>
/// A PNG image of one byte per pixel with a palette (ISO/IEC 15948): signature, IHDR, PLTE, tRNS, IDAT, IEND, no
/// date and no text, so that equal pixels give equal bytes. Entry 0 is transparent: the page shows through.
/// </summary>
public static class PalettePng
{
    private const int Colours = 255;

    /// <summary>The image as a data address; the last row is at the top.</summary>
    public static string DataUri(MapImage image, ColourScale scale)
    {
        var rows = new byte[image.Height * (image.Width + 1)];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
            {
                var from = (image.Height - 1 - y) * image.Width + x;
                var shown = image.Usable[from] && double.IsFinite(image.Values[from]);
                rows[y * (image.Width + 1) + 1 + x] = shown ? Entry(scale.Fraction(image.Values[from])) : (byte)0;
            }
        return DataUri(Encode(image.Width, image.Height, rows, scale.Colours));
    }

    /// <summary>A strip of all colours, the highest at the top.</summary>
    public static string Bar(ColourMap colours)
    {
        // One pixel wide, or two: PDFsharp takes images of equal pixels for one image, whatever their palettes.
        var width = colours == ColourMap.Diverging ? 2 : 1;
        var rows = new byte[(width + 1) * Colours];
        for (var i = 0; i < Colours; i++) rows.AsSpan((width + 1) * i + 1, width).Fill((byte)(Colours - i));
        return DataUri(Encode(width, Colours, rows, colours));
    }

    /// <summary>The file. Each row of <paramref name="rows"/> starts with its filter byte, 0.</summary>
    public static byte[] Encode(int width, int height, byte[] rows, ColourMap colours)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR"u8, Header(width, height));
        Chunk(file, "PLTE"u8, Palette(colours));
        Chunk(file, "tRNS"u8, [0]);
        Chunk(file, "IDAT"u8, Compressed(rows));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static string DataUri(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);

    private static byte Entry(double fraction) => (byte)(1 + Math.Min((int)(fraction * Colours), Colours - 1));

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        return header;
    }

    private static byte[] Palette(ColourMap colours)
    {
        var palette = new byte[3 * (Colours + 1)];
        for (var i = 0; i < Colours; i++)
            (palette[3 * i + 3], palette[3 * i + 4], palette[3 * i + 5]) = colours.At((i + 0.5) / Colours).ToRgb();
        return palette;
    }

    private static byte[] Compressed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(rows);
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(word);
    }

    /// <summary>CRC-32 with the reversed polynomial 0xEDB88320, bit by bit: the images are small.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return crc;
    }
}
