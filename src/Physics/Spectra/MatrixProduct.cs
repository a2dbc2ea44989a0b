using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Products of dense row-major matrices in float64, whose sides are multiples of <see cref="Block"/> (padded with zeros).</summary>
internal static class MatrixProduct
{
    /// <summary>Sides are multiples of this: two vectors of eight.</summary>
    public const int Block = 16;

    /// <summary>The padded side of a matrix with <paramref name="length"/> rows or columns.</summary>
    public static int Stride(int length) => (length + Block - 1) / Block * Block;

    /// <summary>target = left . right, or target += left . right.</summary>
    /// <param name="left">[rows, inner].</param>
    /// <param name="right">[inner, columns].</param>
    /// <param name="target">[rows, columns]; neither of the factors.</param>
    /// <param name="rows">Rows of left and target.</param>
    /// <param name="inner">Columns of left, rows of right.</param>
    /// <param name="columns">Columns of right and target.</param>
    /// <param name="add">Add to what the target holds.</param>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> target, int rows, int inner, int columns, bool add = false)
    {
        if (left.Length < rows * inner || right.Length < inner * columns || target.Length < rows * columns)
            throw new ArgumentException($"a product of {rows}x{inner} and {inner}x{columns} got {left.Length}, {right.Length} and {target.Length} numbers");
        ref var l = ref MemoryMarshal.GetReference(left);
        ref var r = ref MemoryMarshal.GetReference(right);
        ref var t = ref MemoryMarshal.GetReference(target);
        for (var column = 0; column < columns; column += Block)
            for (var row = 0; row < rows; row += 4)
                Tile(ref l, ref r, ref t, row, column, inner, columns, add);
    }

    // Four rows by sixteen columns in eight registers: as many independent sums as hide the latency of a fused multiply-add.
    private static void Tile(ref double l, ref double r, ref double t, int row, int column, int inner, int columns, bool add)
    {
        Vector512<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        nuint at = (nuint)(row * inner), from = (nuint)column, width = (nuint)columns, depth = (nuint)inner;
        for (nuint k = 0; k < depth; k++, from += width)
        {
            var low = Vector512.LoadUnsafe(ref r, from);
            var high = Vector512.LoadUnsafe(ref r, from + 8);
            var factor = Vector512.Create(Unsafe.Add(ref l, at + k));
            a0 = Vector512.FusedMultiplyAdd(factor, low, a0);
            a1 = Vector512.FusedMultiplyAdd(factor, high, a1);
            factor = Vector512.Create(Unsafe.Add(ref l, at + depth + k));
            b0 = Vector512.FusedMultiplyAdd(factor, low, b0);
            b1 = Vector512.FusedMultiplyAdd(factor, high, b1);
            factor = Vector512.Create(Unsafe.Add(ref l, at + 2 * depth + k));
            c0 = Vector512.FusedMultiplyAdd(factor, low, c0);
            c1 = Vector512.FusedMultiplyAdd(factor, high, c1);
            factor = Vector512.Create(Unsafe.Add(ref l, at + 3 * depth + k));
            d0 = Vector512.FusedMultiplyAdd(factor, low, d0);
            d1 = Vector512.FusedMultiplyAdd(factor, high, d1);
        }
        var to = (nuint)(row * columns + column);
        Store(ref t, to, a0, a1, add);
        Store(ref t, to + width, b0, b1, add);
        Store(ref t, to + 2 * width, c0, c1, add);
        Store(ref t, to + 3 * width, d0, d1, add);
    }

    private static void Store(ref double t, nuint to, Vector512<double> low, Vector512<double> high, bool add)
    {
        if (add)
        {
            low += Vector512.LoadUnsafe(ref t, to);
            high += Vector512.LoadUnsafe(ref t, to + 8);
        }
        low.StoreUnsafe(ref t, to);
        high.StoreUnsafe(ref t, to + 8);
    }
}
