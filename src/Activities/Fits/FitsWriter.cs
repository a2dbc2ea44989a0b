using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Fits;

/// <summary>An image to be written: its pixels row by row from the lowest row, and what its header says.</summary>
public sealed record FitsImageToWrite
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Width x Height values. Integer types take whole numbers in their range only.</summary>
    public required double[] Pixels { get; init; }

    public FitsPixelType Type { get; init; } = FitsPixelType.Float32;

    public Wcs? Wcs { get; init; }

    /// <summary>BUNIT.</summary>
    public string? Unit { get; init; }

    /// <summary>Further keywords, in this order.</summary>
    public IReadOnlyList<FitsCard> Cards { get; init; } = [];
}

/// <summary>
/// Writes an image as the primary HDU of a FITS file. The same image gives the same bytes. The file appears under its name
/// when it is whole, or not at all.
/// </summary>
public static class FitsWriter
{
    private const int RecordBytes = 80;

    /// <param name="path">Where it goes; packed with gzip when the name ends in .gz.</param>
    /// <param name="image">What is written.</param>
    /// <exception cref="ArgumentException">The pixels do not fit the shape or the type, or a card does not fit FITS.</exception>
    /// <exception cref="BadInputException">The file cannot be written there.</exception>
    public static void Write(string path, FitsImageToWrite image)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(image);
        var bytes = Bytes(image);
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.writing";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write)) Pack(file, bytes, path.EndsWith(".gz", StringComparison.Ordinal));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "a place that cannot be written", "a folder with room and the right to write", "choose another folder", failure);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    private static void Pack(FileStream file, byte[] bytes, bool gzip)
    {
        if (!gzip)
        {
            file.Write(bytes);
            return;
        }
        // .NET writes no name and no time into the gzip header: equal images give equal files.
        using var packed = new GZipStream(file, CompressionLevel.Optimal);
        packed.Write(bytes);
    }

    private static byte[] Bytes(FitsImageToWrite image)
    {
        if (image.Width < 1 || image.Height < 1 || image.Pixels.Length != (long)image.Width * image.Height)
            throw new ArgumentException($"found {image.Pixels.Length} pixels, expected {image.Width} x {image.Height}", nameof(image));
        var header = Header(image);
        var bytesPerPixel = Math.Abs((int)image.Type) / 8;
        var data = Padded(checked(image.Pixels.Length * bytesPerPixel));
        var bytes = new byte[checked(header.Length + data)];
        header.CopyTo(bytes, 0);
        Encode(image, bytes.AsSpan(header.Length));
        return bytes;
    }

    private static int Padded(int bytes) => checked((bytes + FitsHeaderReader.BlockBytes - 1) / FitsHeaderReader.BlockBytes * FitsHeaderReader.BlockBytes);

    private static byte[] Header(FitsImageToWrite image)
    {
        FitsCard[] mandatory =
        [
            FitsCard.OfLogical("SIMPLE", true), FitsCard.OfInteger("BITPIX", (int)image.Type), FitsCard.OfInteger("NAXIS", 2),
            FitsCard.OfInteger("NAXIS1", image.Width), FitsCard.OfInteger("NAXIS2", image.Height),
        ];
        FitsCard[] unit = image.Unit is { } name ? [FitsCard.OfText("BUNIT", name)] : [];
        var records = mandatory.Concat(image.Wcs is { } wcs ? FitsWcs.Write(wcs) : []).Concat(unit).Concat(image.Cards).Select(Record).Append("END".PadRight(RecordBytes));
        var text = string.Concat(records);
        return Encoding.ASCII.GetBytes(text.PadRight(Padded(text.Length)));
    }

    private static string Record(FitsCard card)
    {
        var keyword = card.Keyword;
        if (keyword.Length is 0 or > 8 || !keyword.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"found the keyword '{keyword}', expected 1 to 8 of A-Z, 0-9, - and _");
        if (!card.Value.All(c => c is >= ' ' and <= '~')) throw new ArgumentException($"found {Printable.Cut(card.Value)} in {keyword}, expected printable ASCII");
        var value = card.IsText ? $"'{card.Value.Replace("'", "''", StringComparison.Ordinal),-8}'" : card.Value.PadLeft(20);
        var record = $"{keyword,-8}= {value}".PadRight(RecordBytes);
        return record.Length == RecordBytes ? record : throw new ArgumentException($"found {card.Value.Length} characters in {keyword}, expected a value that fits one card");
    }

    private static void Encode(FitsImageToWrite image, Span<byte> bytes)
    {
        var pixels = image.Pixels;
        switch (image.Type)
        {
            case FitsPixelType.Float64:
                for (var i = 0; i < pixels.Length; i++) BinaryPrimitives.WriteDoubleBigEndian(bytes[(8 * i)..], pixels[i]);
                break;
            case FitsPixelType.Float32:
                for (var i = 0; i < pixels.Length; i++) BinaryPrimitives.WriteSingleBigEndian(bytes[(4 * i)..], (float)pixels[i]);
                break;
            case FitsPixelType.Int16:
                for (var i = 0; i < pixels.Length; i++) BinaryPrimitives.WriteInt16BigEndian(bytes[(2 * i)..], (short)Whole(pixels[i], short.MinValue, short.MaxValue));
                break;
            case FitsPixelType.Int32:
                for (var i = 0; i < pixels.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes[(4 * i)..], (int)Whole(pixels[i], int.MinValue, int.MaxValue));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(image), image.Type, "expected a pixel type of FitsPixelType");
        }
    }

    private static double Whole(double pixel, double low, double high) => pixel == Math.Truncate(pixel) && pixel >= low && pixel <= high
        ? pixel
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found a pixel of {pixel}, expected a whole number from {low} to {high}: choose a floating-point type"));
}
