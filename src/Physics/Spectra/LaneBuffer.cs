using System.Runtime.InteropServices;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Float32 numbers that begin with a cache line, so that no aligned vector lies on two.</summary>
internal sealed class LaneBuffer
{
    private const int LineBytes = 64;
    private readonly float[] pinned;
    private readonly int first, length;

    public LaneBuffer(int length)
    {
        this.length = length;
        pinned = GC.AllocateArray<float>(length + LineBytes / sizeof(float), pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        first = (int)((LineBytes - address % LineBytes) % LineBytes) / sizeof(float);
    }

    public Span<float> Span => pinned.AsSpan(first, length);
}
