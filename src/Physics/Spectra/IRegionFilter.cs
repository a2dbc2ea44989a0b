namespace ClusterSurvey.Physics.Spectra;

/// <summary>The masked filter of one mask at all scales, and the power that it finds in regions of the mask. Safe for concurrent use.</summary>
internal interface IRegionFilter
{
    /// <summary>The power of an image, [region, scale] row by row.</summary>
    void Measure(ReadOnlySpan<double> image, Span<double> power);

    /// <summary>The expected power of noise of this variance, independent between pixels, [region, scale] row by row.</summary>
    double[] ExpectedNoise(ReadOnlySpan<double> variance);
}
