using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Turns float32 images, rows to columns, in tiles of a vector's width.</summary>
internal static class TileTurn
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Side = 16;

    /// <summary>Adds the columns of one image to the rows of another.</summary>
    /// <param name="image">[rows, stride].</param>
    /// <param name="stride">Numbers from one row to the next; whole tiles of columns can be read.</param>
    /// <param name="rows">Its rows; what would lie beyond counts as 0.</param>
    /// <param name="target">[columns, targetStride]; whole tiles of its columns can be written.</param>
    /// <param name="targetStride">Numbers from one of its rows to the next.</param>
    /// <param name="columns">The columns that are taken.</param>
    public static void Add(ReadOnlySpan<float> image, int stride, int rows, Span<float> target, int targetStride, int columns)
    {
        Span<Lanes> tile = stackalloc Lanes[Side];
        ref var from = ref MemoryMarshal.GetReference(image);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var top = 0; top < rows; top += Side)
            for (var left = 0; left < columns; left += Side)
            {
                for (var i = 0; i < Side; i++) tile[i] = top + i < rows ? Vector512.LoadUnsafe(ref from, (nuint)((top + i) * stride + left)) : Lanes.Zero;
                Turn(tile);
                for (var i = 0; i < Math.Min(Side, columns - left); i++)
                {
                    var at = (nuint)((left + i) * targetStride + top);
                    (Vector512.LoadUnsafe(ref to, at) + tile[i]).StoreUnsafe(ref to, at);
                }
            }
    }

    // Blocks of 8, 4, 2 and 1 lanes off the diagonal change places.
    private static void Turn(Span<Lanes> tile)
    {
        for (var block = Side / 2; block > 0; block /= 2)
        {
            var lane = Vector512<int>.Indices;
            var other = lane ^ Vector512.Create(block);
            var keeps = Vector512.Equals(lane & Vector512.Create(block), Vector512<int>.Zero).AsSingle();
            for (var i = 0; i < Side; i++)
            {
                if ((i & block) != 0) continue;
                var (upper, lower) = (tile[i], tile[i | block]);
                tile[i] = Vector512.ConditionalSelect(keeps, upper, Vector512.ShuffleNative(lower, other));
                tile[i | block] = Vector512.ConditionalSelect(keeps, Vector512.ShuffleNative(upper, other), lower);
            }
        }
    }
}
