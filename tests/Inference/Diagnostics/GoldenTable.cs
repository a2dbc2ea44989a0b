using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>Reads the plain CSV and float32 npy files of the golden results.</summary>
internal static partial class GoldenTable
{
    public static double[] Csv(string path) =>
    [
        .. File.ReadLines(path)
            .Where(line => line.Length > 0 && !char.IsLetter(line[0]))
            .SelectMany(line => line.Split(','))
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
    ];

    public static (double[] Values, int[] Shape) Npy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        Assert.Contains("'descr': '<f4', 'fortran_order': False", header, StringComparison.Ordinal);
        int[] shape = [.. Shape().Match(header).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse)];
        var values = new double[(bytes.Length - start) / 4];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + 4 * i));
        return (values, shape);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex Shape();
}
