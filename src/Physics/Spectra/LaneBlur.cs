using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// Short even kernels on rows and columns of float32 images. Columns run along the SIMD lanes in blocks of <see cref="Block"/>; the width is fixed, so
/// that sums have one order, and the power the same bits, on every processor.
/// </summary>
internal static class LaneBlur
{
    /// <summary>Columns are taken so many at a time: two vectors of sixteen.</summary>
    public const int Block = 32;

    /// <summary>A length rounded up to whole blocks.</summary>
    public static int Padded(int length) => (length + Block - 1) / Block * Block;

    /// <summary>A row blurred by one kernel; arguments as those of two.</summary>
    public static void Row(ReadOnlySpan<float> row, int start, ReadOnlySpan<float> g, Span<float> blurred)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(blurred);
        for (var x = 0; x < blurred.Length; x += Block)
        {
            var at = start + x;
            Lanes left = Load(ref from, at) * g[0], right = Load(ref from, at + 16) * g[0];
            for (var k = 1; k < g.Length; k++)
            {
                var gk = Vector512.Create(g[k]);
                left = Vector512.FusedMultiplyAdd(gk, Load(ref from, at - k) + Load(ref from, at + k), left);
                right = Vector512.FusedMultiplyAdd(gk, Load(ref from, at - k + 16) + Load(ref from, at + k + 16), right);
            }
            Store(ref to, x, left, right);
        }
    }

    /// <summary>A row blurred by two kernels at once.</summary>
    /// <param name="row">The row; at least the kernels' radius of numbers stands on either side of what is blurred.</param>
    /// <param name="start">Where in the row the first number to be blurred stands.</param>
    /// <param name="g">One kernel at distances from 0.</param>
    /// <param name="d">The other, as long.</param>
    /// <param name="blurredG">Receives whole blocks: its length says how many.</param>
    /// <param name="blurredD">As long.</param>
    public static void Row(ReadOnlySpan<float> row, int start, ReadOnlySpan<float> g, ReadOnlySpan<float> d, Span<float> blurredG, Span<float> blurredD)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var toG = ref MemoryMarshal.GetReference(blurredG);
        ref var toD = ref MemoryMarshal.GetReference(blurredD);
        for (var x = 0; x < blurredG.Length; x += Block)
        {
            var at = start + x;
            Lanes left = Load(ref from, at), right = Load(ref from, at + 16);
            Lanes g0 = left * g[0], g1 = right * g[0], d0 = left * d[0], d1 = right * d[0];
            for (var k = 1; k < g.Length; k++)
            {
                left = Load(ref from, at - k) + Load(ref from, at + k);
                right = Load(ref from, at - k + 16) + Load(ref from, at + k + 16);
                Lanes gk = Vector512.Create(g[k]), dk = Vector512.Create(d[k]);
                g0 = Vector512.FusedMultiplyAdd(gk, left, g0);
                g1 = Vector512.FusedMultiplyAdd(gk, right, g1);
                d0 = Vector512.FusedMultiplyAdd(dk, left, d0);
                d1 = Vector512.FusedMultiplyAdd(dk, right, d1);
            }
            Store(ref toG, x, g0, g1);
            Store(ref toD, x, d0, d1);
        }
    }

    /// <summary>
    /// F^2 along one row, from images blurred along x already: A = Gy.(I.Gx), A' = Dy.(I.Gx) + Gy.(I.Dx), F = (A B'/B - A')/B.
    /// </summary>
    /// <param name="blurredG">I.Gx, [height, width].</param>
    /// <param name="blurredD">I.Dx, likewise.</param>
    /// <param name="width">Columns, whole blocks.</param>
    /// <param name="y">Which row.</param>
    /// <param name="from">First column, a whole number of blocks.</param>
    /// <param name="g">G at distances from 0.</param>
    /// <param name="d">D at distances from 0.</param>
    /// <param name="ratio">B'/B from that column on.</param>
    /// <param name="inverse">1/B, likewise.</param>
    /// <param name="tailA">What is to be added to A from that column on, as long as the squares; empty for nothing.</param>
    /// <param name="tailB">What is to be added to A', likewise.</param>
    /// <param name="squares">Receives F^2 from that column on; its length is whole blocks.</param>
    public static void Squares(ReadOnlySpan<float> blurredG, ReadOnlySpan<float> blurredD, int width, int y, int from, ReadOnlySpan<float> g, ReadOnlySpan<float> d,
        ReadOnlySpan<float> ratio, ReadOnlySpan<float> inverse, ReadOnlySpan<float> tailA, ReadOnlySpan<float> tailB, Span<float> squares)
    {
        var height = blurredG.Length / width;
        var paired = Math.Min(g.Length - 1, Math.Min(y, height - 1 - y));
        ref var imageG = ref MemoryMarshal.GetReference(blurredG);
        ref var imageD = ref MemoryMarshal.GetReference(blurredD);
        ref var ratios = ref MemoryMarshal.GetReference(ratio);
        ref var inverses = ref MemoryMarshal.GetReference(inverse);
        ref var tailsA = ref MemoryMarshal.GetReference(tailA);
        ref var tailsB = ref MemoryMarshal.GetReference(tailB);
        ref var to = ref MemoryMarshal.GetReference(squares);
        for (var x = 0; x < squares.Length; x += Block)
        {
            var at = y * width + from + x;
            Lanes gk = Vector512.Create(g[0]), dk = Vector512.Create(d[0]), left = Load(ref imageG, at), right = Load(ref imageG, at + 16);
            Lanes a0 = gk * left, a1 = gk * right, b0 = dk * left, b1 = dk * right, c0 = gk * Load(ref imageD, at), c1 = gk * Load(ref imageD, at + 16);
            for (var k = 1; k <= paired; k++)
            {
                int above = at - k * width, below = at + k * width;
                (gk, dk) = (Vector512.Create(g[k]), Vector512.Create(d[k]));
                left = Load(ref imageG, above) + Load(ref imageG, below);
                right = Load(ref imageG, above + 16) + Load(ref imageG, below + 16);
                a0 = Vector512.FusedMultiplyAdd(gk, left, a0);
                a1 = Vector512.FusedMultiplyAdd(gk, right, a1);
                b0 = Vector512.FusedMultiplyAdd(dk, left, b0);
                b1 = Vector512.FusedMultiplyAdd(dk, right, b1);
                c0 = Vector512.FusedMultiplyAdd(gk, Load(ref imageD, above) + Load(ref imageD, below), c0);
                c1 = Vector512.FusedMultiplyAdd(gk, Load(ref imageD, above + 16) + Load(ref imageD, below + 16), c1);
            }
            // Where one side lies beyond the image, the other is left.
            for (var k = paired + 1; k < g.Length; k++)
            {
                var other = y - k >= 0 ? at - k * width : y + k < height ? at + k * width : -1;
                if (other < 0) break;
                (gk, dk) = (Vector512.Create(g[k]), Vector512.Create(d[k]));
                (left, right) = (Load(ref imageG, other), Load(ref imageG, other + 16));
                a0 = Vector512.FusedMultiplyAdd(gk, left, a0);
                a1 = Vector512.FusedMultiplyAdd(gk, right, a1);
                b0 = Vector512.FusedMultiplyAdd(dk, left, b0);
                b1 = Vector512.FusedMultiplyAdd(dk, right, b1);
                c0 = Vector512.FusedMultiplyAdd(gk, Load(ref imageD, other), c0);
                c1 = Vector512.FusedMultiplyAdd(gk, Load(ref imageD, other + 16), c1);
            }
            if (tailA.Length > 0)
            {
                (a0, a1) = (a0 + Load(ref tailsA, x), a1 + Load(ref tailsA, x + 16));
                (b0, b1) = (b0 + Load(ref tailsB, x), b1 + Load(ref tailsB, x + 16));
            }
            Lanes f0 = (a0 * Load(ref ratios, x) - (b0 + c0)) * Load(ref inverses, x);
            Lanes f1 = (a1 * Load(ref ratios, x + 16) - (b1 + c1)) * Load(ref inverses, x + 16);
            Store(ref to, x, f0 * f0, f1 * f1);
        }
    }

    /// <summary>One row of an image blurred along y by one kernel; rows beyond the image are 0.</summary>
    /// <param name="image">[height, width].</param>
    /// <param name="width">Columns, whole blocks.</param>
    /// <param name="y">Which row; it may lie beyond the image.</param>
    /// <param name="g">The kernel at distances from 0.</param>
    /// <param name="blurred">Receives the row.</param>
    public static void Column(ReadOnlySpan<float> image, int width, int y, ReadOnlySpan<float> g, Span<float> blurred)
    {
        var height = image.Length / width;
        int first = Math.Max(0, y - g.Length + 1), last = Math.Min(height - 1, y + g.Length - 1);
        ref var from = ref MemoryMarshal.GetReference(image);
        ref var to = ref MemoryMarshal.GetReference(blurred);
        for (var x = 0; x < width; x += Block)
        {
            Lanes a = Lanes.Zero, b = Lanes.Zero;
            for (var row = first; row <= last; row++)
            {
                var gk = Vector512.Create(g[Math.Abs(row - y)]);
                a = Vector512.FusedMultiplyAdd(gk, Load(ref from, row * width + x), a);
                b = Vector512.FusedMultiplyAdd(gk, Load(ref from, row * width + x + 16), b);
            }
            Store(ref to, x, a, b);
        }
    }

    /// <summary>The sum of products of two rows of whole blocks.</summary>
    public static double Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        ref var a = ref MemoryMarshal.GetReference(one);
        ref var b = ref MemoryMarshal.GetReference(other);
        Lanes left = Lanes.Zero, right = Lanes.Zero;
        for (var x = 0; x < one.Length; x += Block)
        {
            left = Vector512.FusedMultiplyAdd(Load(ref a, x), Load(ref b, x), left);
            right = Vector512.FusedMultiplyAdd(Load(ref a, x + 16), Load(ref b, x + 16), right);
        }
        return Vector512.Sum(left + right);
    }

    private static Lanes Load(ref float from, int at) => Vector512.LoadUnsafe(ref from, (nuint)at);

    private static void Store(ref float to, int at, Lanes left, Lanes right)
    {
        left.StoreUnsafe(ref to, (nuint)at);
        right.StoreUnsafe(ref to, (nuint)at + 16);
    }
}
