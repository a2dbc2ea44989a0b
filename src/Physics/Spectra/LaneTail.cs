using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>The tail of a kernel that rings, down the columns of a float32 image: one recursion from above and one from below, sixteen columns to a vector.</summary>
internal static class LaneTail
{
    /// <summary>Adds <c>sum over x above 0 of tail(x) (I(y - x) + I(y + x))</c> to the rows of a target.</summary>
    /// <param name="image">I, [height, width].</param>
    /// <param name="width">Columns, whole vectors.</param>
    /// <param name="ratios">The terms of the tail: what each is multiplied by from row to row.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="target">[height, width].</param>
    public static void Add(ReadOnlySpan<float> image, int width, float[] ratios, float[] weights, Span<float> target)
    {
        var last = image.Length - width;
        ref var source = ref MemoryMarshal.GetReference(image);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var x = 0; x < width; x += Lanes.Count)
        {
            Pass(ref source, ref to, x, width, image.Length / width, ratios, weights);
            Pass(ref source, ref to, last + x, -width, image.Length / width, ratios, weights);
        }
    }

    // s(y) = r (s(y - 1) + I(y - 1)) for every term. The six terms are written out so that their states stay in registers.
    private static void Pass(ref float source, ref float target, int at, int step, int rows, float[] ratios, float[] weights)
    {
        Lanes r0 = Vector512.Create(ratios[0]), r1 = Vector512.Create(ratios[1]), r2 = Vector512.Create(ratios[2]);
        Lanes r3 = Vector512.Create(ratios[3]), r4 = Vector512.Create(ratios[4]), r5 = Vector512.Create(ratios[5]);
        Lanes w0 = Vector512.Create(weights[0]), w1 = Vector512.Create(weights[1]), w2 = Vector512.Create(weights[2]);
        Lanes w3 = Vector512.Create(weights[3]), w4 = Vector512.Create(weights[4]), w5 = Vector512.Create(weights[5]);
        Lanes s0 = Lanes.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
        for (var row = 1; row < rows; row++)
        {
            var before = Vector512.LoadUnsafe(ref source, (nuint)at);
            at += step;
            s0 = Vector512.FusedMultiplyAdd(r0, s0, r0 * before);
            s1 = Vector512.FusedMultiplyAdd(r1, s1, r1 * before);
            s2 = Vector512.FusedMultiplyAdd(r2, s2, r2 * before);
            s3 = Vector512.FusedMultiplyAdd(r3, s3, r3 * before);
            s4 = Vector512.FusedMultiplyAdd(r4, s4, r4 * before);
            s5 = Vector512.FusedMultiplyAdd(r5, s5, r5 * before);
            var even = Vector512.FusedMultiplyAdd(w0, s0, Vector512.LoadUnsafe(ref target, (nuint)at));
            var odd = w1 * s1;
            even = Vector512.FusedMultiplyAdd(w2, s2, even);
            odd = Vector512.FusedMultiplyAdd(w3, s3, odd);
            even = Vector512.FusedMultiplyAdd(w4, s4, even);
            odd = Vector512.FusedMultiplyAdd(w5, s5, odd);
            (even + odd).StoreUnsafe(ref target, (nuint)at);
        }
    }
}
