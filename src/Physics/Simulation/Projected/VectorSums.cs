using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>Loops over whole arrays, eight numbers at a time: the order of a sum is the same on every machine.</summary>
internal static class VectorSums
{
    /// <summary>sums += values * factor.</summary>
    public static void MultiplyAdd(ReadOnlySpan<float> values, float factor, Span<float> sums)
    {
        var vectors = Vectors(values);
        var totals = Vectors(sums);
        for (var i = 0; i < totals.Length; i++) totals[i] += vectors[i] * factor;
        for (var i = totals.Length * Vector256<float>.Count; i < sums.Length; i++) sums[i] += values[i] * factor;
    }

    /// <summary>sums += values * factors.</summary>
    public static void MultiplyAdd(ReadOnlySpan<float> values, ReadOnlySpan<float> factors, Span<float> sums)
    {
        var vectors = Vectors(values);
        var multiples = Vectors(factors);
        var totals = Vectors(sums);
        for (var i = 0; i < totals.Length; i++) totals[i] += vectors[i] * multiples[i];
        for (var i = totals.Length * Vector256<float>.Count; i < sums.Length; i++) sums[i] += values[i] * factors[i];
    }

    /// <summary>The sum of values * factors.</summary>
    public static float Dot(ReadOnlySpan<float> values, ReadOnlySpan<float> factors)
    {
        var vectors = Vectors(values);
        var multiples = Vectors(factors);
        var total = Vector256<float>.Zero;
        for (var i = 0; i < vectors.Length; i++) total += vectors[i] * multiples[i];
        var sum = Vector256.Sum(total);
        for (var i = vectors.Length * Vector256<float>.Count; i < values.Length; i++) sum += values[i] * factors[i];
        return sum;
    }

    private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);

    private static Span<Vector256<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);
}
