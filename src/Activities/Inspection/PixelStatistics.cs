namespace ClusterSurvey.Activities.Inspection;

/// <summary>What the pixels of an image amount to; sum, minimum and maximum are over the finite ones.</summary>
public sealed record PixelStatistics
{
    // Values that programs write where there is no measurement.
    private static readonly double[] Sentinels = [-99, -999, -9999, -99999, -1e30];

    public long Pixels { get; private init; }

    public double Sum { get; private init; }

    public double Minimum { get; private init; }

    public double Maximum { get; private init; }

    public long NotANumber { get; private init; }

    public long Infinite { get; private init; }

    public long Zero { get; private init; }

    public long Negative { get; private init; }

    public long Fractional { get; private init; }

    /// <summary>Pixels that hold one of -99, -999, -9999, -99999, -1e30.</summary>
    public long Sentinel { get; private init; }

    /// <summary>True when every finite pixel is 0 or 1.</summary>
    public bool IsZeroOrOne => Fractional == 0 && Negative == 0 && Maximum <= 1;

    public static PixelStatistics Of(ReadOnlySpan<double> pixels)
    {
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        long notANumber = 0, infinite = 0, zero = 0, negative = 0, fractional = 0, sentinel = 0;
        foreach (var pixel in pixels)
        {
            if (!double.IsFinite(pixel))
            {
                if (double.IsNaN(pixel)) notANumber++;
                else infinite++;
                continue;
            }
            sum += pixel;
            minimum = Math.Min(minimum, pixel);
            maximum = Math.Max(maximum, pixel);
            if (pixel == 0) zero++;
            else if (pixel != Math.Truncate(pixel)) fractional++;
            if (pixel >= 0) continue;
            negative++;
            if (Array.IndexOf(Sentinels, pixel) >= 0) sentinel++;
        }
        var none = notANumber + infinite == pixels.Length;
        return new()
        {
            Pixels = pixels.Length, Sum = sum, Minimum = none ? 0 : minimum + 0.0, Maximum = none ? 0 : maximum + 0.0,
            NotANumber = notANumber, Infinite = infinite, Zero = zero, Negative = negative, Fractional = fractional, Sentinel = sentinel,
        };
    }

    internal IEnumerable<Fact> Facts() =>
    [
        Fact.Of("sum", Sum), Fact.Of("minimum", Minimum), Fact.Of("maximum", Maximum), Fact.Of("zero_pixels", Zero), Fact.Of("negative_pixels", Negative),
        Fact.Of("fractional_pixels", Fractional), Fact.Of("nan_pixels", NotANumber), Fact.Of("infinite_pixels", Infinite),
    ];
}
