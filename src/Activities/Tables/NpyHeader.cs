using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>The kinds of numbers that a .npy file may hold here.</summary>
public enum NpyType
{
    Boolean,
    UInt8,
    Int16,
    Int32,
    Int64,
    Float32,
    Float64,
}

/// <summary>
/// What stands before the numbers of a .npy file (NumPy's NEP 1, versions 1.0, 2.0 and 3.0): their type and shape.
/// Nothing that the header claims is believed before it is compared with the length of the file.
/// </summary>
/// <param name="Type">Kind of number.</param>
/// <param name="Shape">One to three dimensions, C order.</param>
/// <param name="Length">Bytes of the header, up to the first number.</param>
public sealed record NpyHeader(NpyType Type, int[] Shape, int Length)
{
    private const int LongestHeader = 1 << 16;

    private static readonly (string Code, NpyType Type, int Bytes)[] Types =
    [
        ("b1", NpyType.Boolean, 1), ("u1", NpyType.UInt8, 1), ("i2", NpyType.Int16, 2), ("i4", NpyType.Int32, 4),
        ("i8", NpyType.Int64, 8), ("f4", NpyType.Float32, 4), ("f8", NpyType.Float64, 8),
    ];

    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public int ElementBytes => Types[(int)Type].Bytes;

    public int Count => Shape.Aggregate(1, (product, side) => checked(product * side));

    /// <summary>Reads a header and checks its claims against the length of the whole file.</summary>
    /// <exception cref="BadInputException">Not a .npy file, a type, order or shape that is not read here, or a length that differs from the claim.</exception>
    public static NpyHeader Read(Stream stream, long fileLength, string where)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
            throw new BadInputException(where, "no .npy magic bytes at the start", "a file written by numpy.save", "name a .npy file, or save the array again");
        if (start[6] is < 1 or > 3)
            throw new BadInputException(where, $".npy version {start[6]}.{start[7]}", "version 1.0, 2.0 or 3.0", "save the array again with numpy.save");
        var (text, length) = ReadText(stream, wide: start[6] > 1, fileLength, where);
        var dictionary = new NpyDictionary(text, where).Parse();
        var type = FindType(dictionary.Descr, where);
        if (dictionary.FortranOrder)
            throw new BadInputException(where, "Fortran order", "C order", "save numpy.ascontiguousarray(array)");
        var header = new NpyHeader(type, CheckShape(dictionary.Shape, Types[(int)type].Bytes, where), length);
        header.CheckLength(fileLength, where);
        return header;
    }

    /// <summary>The bytes of a version 1.0 header, padded so that the numbers start at a multiple of 64.</summary>
    public static byte[] Write(NpyType type, ReadOnlySpan<int> shape)
    {
        var (code, _, bytes) = Types[(int)type];
        var sides = new StringBuilder();
        foreach (var side in shape) sides.Append(CultureInfo.InvariantCulture, $"{side}, ");
        var tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({sides.ToString().TrimEnd(',', ' ')})";
        var text = $"{{'descr': '{(bytes == 1 ? '|' : '<')}{code}', 'fortran_order': False, 'shape': {tuple}, }}";
        var length = (10 + text.Length + 1 + 63) / 64 * 64;
        var header = new byte[length];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - 10));
        Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n", header.AsSpan(10));
        return header;
    }

    private static (string Text, int Length) ReadText(Stream stream, bool wide, long fileLength, string where)
    {
        var sizeBytes = wide ? 4 : 2;
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        if (stream.ReadAtLeast(size[..sizeBytes], sizeBytes, throwOnEndOfStream: false) < sizeBytes)
            throw new BadInputException(where, "an end inside the header", "a whole .npy header", "the file is cut short: copy or save it again");
        var claimed = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (claimed > LongestHeader || 8 + sizeBytes + claimed > fileLength)
            throw new BadInputException(where, $"a header of {claimed} bytes in a file of {fileLength}", $"a header inside the file, at most {LongestHeader} bytes", "the file is damaged: save it again");
        var bytes = new byte[claimed];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new BadInputException(where, "an end inside the header", $"{claimed} bytes of header", "the file is cut short: copy or save it again");
        return (Encoding.UTF8.GetString(bytes), 8 + sizeBytes + bytes.Length);
    }

    private static NpyType FindType(string descr, string where)
    {
        foreach (var (code, type, bytes) in Types)
        {
            if (descr == $"<{code}" || descr == $"={code}" || (bytes == 1 && descr == $"|{code}") || (code == "b1" && descr == "?")) return type;
        }
        throw new BadInputException(where, $"numbers of type '{descr}'", "bool, u1, i2, i4, i8, f4 or f8, little-endian", "save array.astype('<f8')");
    }

    private static int[] CheckShape(List<long> shape, int elementBytes, string where)
    {
        if (shape.Count is < 1 or > 3)
            throw new BadInputException(where, $"{shape.Count} dimensions", "1 to 3 dimensions", "reshape the array and save it again");
        var bytes = (Int128)elementBytes;
        foreach (var side in shape) bytes *= side;
        if (shape.Any(side => side is < 0 or > int.MaxValue) || bytes / elementBytes > Array.MaxLength)
            throw new BadInputException(where, $"the shape ({string.Join(", ", shape)})", $"sides from 0, at most {Array.MaxLength} numbers in all", "the file is damaged or too large: split the array");
        return [.. shape.Select(side => (int)side)];
    }

    private void CheckLength(long fileLength, string where)
    {
        var expected = Length + ((long)Count * ElementBytes);
        if (fileLength != expected)
            throw new BadInputException(where, $"{fileLength} bytes", $"{expected} for {Count} numbers of {ElementBytes} bytes after a header of {Length}", "the file is cut short or was appended to: save it again");
    }
}
