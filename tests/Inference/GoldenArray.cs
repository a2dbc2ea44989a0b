using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests;

/// <summary>The float32 tables of the toy likelihood: 3 parameters, 12 numbers; exact mean log likelihood of the test pairs 7.831.</summary>
internal static class GoldenArray
{
    public const int Parameters = 3, Data = 12;

    /// <summary>The first rows of a table of the set.</summary>
    public static float[] Toy(string name, int rows)
    {
        var file = File.ReadAllBytes(SharedData.Path("golden", "toy-likelihood", name));
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        Assert.Contains("'<f4'", Encoding.ASCII.GetString(file, 10, start - 10), StringComparison.Ordinal);
        var width = name.StartsWith('x') ? Data : Parameters;
        return MemoryMarshal.Cast<byte, float>(file.AsSpan(start))[..(rows * width)].ToArray();
    }
}
