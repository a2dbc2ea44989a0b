using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ClusterSurvey.Inference.Training;

/// <summary>The identity of a set of pairs.</summary>
internal static class PairsHash
{
    private const int RowsAtOnce = 4096;

    /// <summary>SHA-256, hexadecimal, of the three counts as int32 and the pairs in order, theta then x, as float32; all little-endian.</summary>
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
            for (var i = 0; i < count; i++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(theta.AsSpan(i * pairs.ParameterCount, pairs.ParameterCount)));
                hash.AppendData(MemoryMarshal.AsBytes(x.AsSpan(i * pairs.DataCount, pairs.DataCount)));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
