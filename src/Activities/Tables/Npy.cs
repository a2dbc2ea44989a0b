using System.Runtime.InteropServices;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// NumPy's .npy files. Read: bool, u1, i2, i4, i8, f4, f8 in C order with one to three dimensions. Written: f4, f8.
/// </summary>
public static class Npy
{
    private const int ChunkElements = 1 << 14;

    /// <summary>Whole numbers beyond this are not all doubles.</summary>
    private const long LargestExact = 1L << 53;

    /// <exception cref="BadInputException">The file is missing, damaged, or of a kind that is not read.</exception>
    public static NumericArray Read(string path)
    {
        using var stream = InputFiles.Open(path);
        return Read(stream, path);
    }

    /// <param name="stream">Seekable, from its first byte to its last.</param>
    /// <param name="where">The name of the file, for messages.</param>
    /// <exception cref="BadInputException">The content is damaged, or of a kind that is not read.</exception>
    public static NumericArray Read(Stream stream, string where)
    {
        var header = NpyHeader.Read(stream, stream.Length, where);
        return new NumericArray(ReadDoubles(stream, header, where), header.Shape);
    }

    /// <summary>Writes an array of f8, atomically; at most 2^28 - 1 numbers.</summary>
    public static void Write(string path, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        WriteRaw(path, NpyType.Float64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>Writes an array of f4, atomically; at most 2^29 - 1 numbers.</summary>
    public static void Write(string path, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        WriteRaw(path, NpyType.Float32, MemoryMarshal.AsBytes(values), values.Length, shape);

    private static double[] ReadDoubles(Stream stream, NpyHeader header, string where)
    {
        var values = new double[header.Count];
        var chunk = new byte[Math.Min(ChunkElements, Math.Max(1, values.Length)) * header.ElementBytes];
        for (var done = 0; done < values.Length;)
        {
            var count = Math.Min(ChunkElements, values.Length - done);
            var bytes = chunk.AsSpan(0, count * header.ElementBytes);
            ReadFully(stream, bytes, where);
            Convert(header.Type, bytes, values.AsSpan(done, count), where);
            done += count;
        }
        return values;
    }

    internal static T[] ReadRaw<T>(Stream stream, int count, string where) where T : unmanaged
    {
        var values = new T[count];
        for (var done = 0; done < count;)
        {
            var part = Math.Min(1 << 24, count - done);
            ReadFully(stream, MemoryMarshal.AsBytes(values.AsSpan(done, part)), where);
            done += part;
        }
        return values;
    }

    internal static void CheckShape(int count, ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (var side in shape) product = side < 0 ? -1 : checked(product * side);
        if (shape.Length is < 1 or > 3 || product != count)
            throw new ArgumentException($"found {count} values for the shape ({string.Join(", ", shape.ToArray())}), expected one to three sides whose product is the number of values", nameof(shape));
    }

    /// <summary>Writes an array of f8 that can be written anew: whole for every reader, but not forced to the disk.</summary>
    public static void WriteAgain(string path, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        WriteRaw(path, NpyType.Float64, MemoryMarshal.AsBytes(values), values.Length, shape, isDurable: false);

    private static void WriteRaw(string path, NpyType type, ReadOnlySpan<byte> bytes, int count, ReadOnlySpan<int> shape, bool isDurable = true)
    {
        CheckShape(count, shape);
        using var file = new AtomicFile(path);
        file.Stream.Write(NpyHeader.Write(type, shape));
        file.Stream.Write(bytes);
        file.Commit(isDurable);
    }

    private static void ReadFully(Stream stream, Span<byte> bytes, string where)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new BadInputException(where, "an end inside the numbers", "as many as the header says", "the file is cut short: copy or save it again");
    }

    private static void Convert(NpyType type, ReadOnlySpan<byte> bytes, Span<double> values, string where)
    {
        switch (type)
        {
            case NpyType.Boolean: for (var i = 0; i < values.Length; i++) values[i] = bytes[i] == 0 ? 0 : 1; break;
            case NpyType.UInt8: for (var i = 0; i < values.Length; i++) values[i] = bytes[i]; break;
            case NpyType.Int16: Widen(MemoryMarshal.Cast<byte, short>(bytes), values); break;
            case NpyType.Int32: Widen(MemoryMarshal.Cast<byte, int>(bytes), values); break;
            case NpyType.Int64: WidenExactly(MemoryMarshal.Cast<byte, long>(bytes), values, where); break;
            case NpyType.Float32: Widen(MemoryMarshal.Cast<byte, float>(bytes), values); break;
            default: MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values); break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> source, Span<double> values) where T : System.Numerics.INumberBase<T>
    {
        for (var i = 0; i < source.Length; i++) values[i] = double.CreateChecked(source[i]);
    }

    private static void WidenExactly(ReadOnlySpan<long> source, Span<double> values, string where)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is > LargestExact or < -LargestExact)
                throw new BadInputException(where, $"the whole number {source[i]}", "whole numbers up to 2^53, exact in double precision", "save array.astype('<f8')");
            values[i] = source[i];
        }
    }
}
