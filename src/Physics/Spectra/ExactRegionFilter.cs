namespace ClusterSurvey.Physics.Spectra;

/// <summary>The regions of one mask as <see cref="MexicanHatFilter"/> measures them.</summary>
internal sealed class ExactRegionFilter(MexicanHatFilter filter, IReadOnlyList<bool[]> regions) : IRegionFilter
{
    private readonly int[][] selections = [.. regions.Select(filter.Select)];

    public void Measure(ReadOnlySpan<double> image, Span<double> power) => filter.MeasurePower(image, selections, power, FilterStatistic.MeanSquare);

    public double[] ExpectedNoise(ReadOnlySpan<double> variance) => [.. filter.ExpectedNoisePower(variance, regions).SelectMany(region => region)];
}
