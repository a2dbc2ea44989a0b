using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ClusterSurvey.Inference.Training;

/// <summary>The identity of a set of pairs.</summary>
internal static class PairsHash
{
    private const int RowsAtOnce = 4096;

    /// <summary>
    /// SHA-256, hexadecimal, of the three counts as int32 and the pairs in order, theta then x, as float32; all little-endian.
    /// Every pair passes by here once before training, so this is where numbers that are not finite are found.
    /// </summary>
    /// <exception cref="ArgumentException">A number is not finite; the message names the row.</exception>
    public static string Compute(ISimulationPairs pairs, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> counts = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(counts, pairs.Count);
        BinaryPrimitives.WriteInt32LittleEndian(counts[4..], pairs.ParameterCount);
        BinaryPrimitives.WriteInt32LittleEndian(counts[8..], pairs.DataCount);
        hash.AppendData(counts);
        var rows = new int[RowsAtOnce];
        float[] theta = new float[RowsAtOnce * pairs.ParameterCount], x = new float[RowsAtOnce * pairs.DataCount];
        for (var start = 0; start < pairs.Count; start += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(RowsAtOnce, pairs.Count - start);
            for (var i = 0; i < count; i++) rows[i] = start + i;
            pairs.Read(rows.AsSpan(0, count), theta, x);
            RequireFinite(theta.AsSpan(0, count * pairs.ParameterCount), pairs.ParameterCount, start, "theta");
            RequireFinite(x.AsSpan(0, count * pairs.DataCount), pairs.DataCount, start, "x");
            for (var i = 0; i < count; i++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(theta.AsSpan(i * pairs.ParameterCount, pairs.ParameterCount)));
                hash.AppendData(MemoryMarshal.AsBytes(x.AsSpan(i * pairs.DataCount, pairs.DataCount)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static void RequireFinite(ReadOnlySpan<float> table, int width, int firstRow, string name)
    {
        for (var i = 0; i < table.Length; i++)
        {
            if (!float.IsFinite(table[i]))
                throw new ArgumentException($"{name} row {firstRow + i / width}, column {i % width} is {table[i]}: every number is finite; drop failed simulations, theta and x alike, before training", name);
        }
    }
}
