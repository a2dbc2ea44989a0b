using System.Buffers.Binary;
using System.Text;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Reads the few kinds of .npy arrays that golden results come in, as doubles.</summary>
internal static class NumpyFile
{
    public static double[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        var body = bytes.AsSpan(10 + headerLength).ToArray();
        if (header.Contains("|u1", StringComparison.Ordinal) || header.Contains("|b1", StringComparison.Ordinal)) return [.. body.Select(value => (double)value)];
        if (header.Contains("<i4", StringComparison.Ordinal)) return Convert(body, 4, at => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)));
        if (header.Contains("<f4", StringComparison.Ordinal)) return Convert(body, 4, at => BinaryPrimitives.ReadSingleLittleEndian(body.AsSpan(at)));
        if (header.Contains("<f8", StringComparison.Ordinal)) return Convert(body, 8, at => BinaryPrimitives.ReadDoubleLittleEndian(body.AsSpan(at)));
        throw new InvalidDataException($"{path}: an array of type {header}");
    }

    private static double[] Convert(byte[] body, int size, Func<int, double> read)
    {
        var values = new double[body.Length / size];
        for (var i = 0; i < values.Length; i++) values[i] = read(i * size);
        return values;
    }
}
