namespace ClusterSurvey.Activities.Fits;

/// <summary>How much of a file from a stranger is believed. Nothing above a limit is allocated or unpacked.</summary>
public sealed record FitsLimits
{
    public static FitsLimits Default { get; } = new();

    /// <summary>Pixels of an image; each takes 8 bytes once read.</summary>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>80-character cards of one header.</summary>
    public int MaximumHeaderCards { get; init; } = 36_000;

    /// <summary>Header and data units of a file.</summary>
    public int MaximumHdus { get; init; } = 1_000;

    /// <summary>Bytes that a compressed file may unpack to, all its HDUs together.</summary>
    public long MaximumUnpackedBytes { get; init; } = 1L << 30;
}
