using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Images;

/// <summary>
/// From values to colours, by asinh(value / knee): linear well below the knee, logarithmic above, defined for every sign.
/// Values beyond the ends take the colour of the end.
/// </summary>
public sealed record ColourScale(ColourMap Colours, double Low, double High, double Knee)
{
    /// <summary>A scale with zero in the middle, for fluctuations: it ends at the 99.5th percentile of the absolute values.</summary>
    public static ColourScale Symmetric(MapImage image)
    {
        var sizes = Sorted(image, Math.Abs);
        var end = Percentile(sizes, 0.995);
        if (!(end > 0)) end = sizes.Length > 0 && sizes[^1] > 0 ? sizes[^1] : 1;
        return new(ColourMap.Diverging, -end, end, Math.Max(Percentile(sizes, 0.7), end / 30));
    }

    /// <summary>A scale from the smallest to the largest value, for counts, models and exposures.</summary>
    public static ColourScale Rising(MapImage image)
    {
        var values = Sorted(image, value => value);
        var (low, high) = values.Length == 0 ? (0, 1) : (values[0], values[^1]);
        if (!(high > low)) high = low + Math.Max(Math.Abs(low), 1);
        var middle = Math.Abs(Percentile(values, 0.5));
        return new(ColourMap.Sequential, low, high, Math.Max(middle, 1e-3 * Math.Max(Math.Abs(high), Math.Abs(low))));
    }

    /// <summary>Where a value lies: 0 at the low end, 1 at the high one.</summary>
    public double Fraction(double value) => Math.Clamp((Math.Asinh(value / Knee) - Math.Asinh(Low / Knee)) / (Math.Asinh(High / Knee) - Math.Asinh(Low / Knee)), 0, 1);

    /// <summary>The power of ten that tick labels are divided by.</summary>
    public int Exponent
    {
        get
        {
            var exponent = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(Low), Math.Abs(High))));
            return exponent is >= -2 and <= 4 ? 0 : exponent;
        }
    }

    /// <summary>Ticks at 0 and at round values of either sign, from the ends inwards, at least a given share of the bar apart.</summary>
    public IReadOnlyList<Tick> Ticks(double apart)
    {
        var ticks = new List<Tick>();
        foreach (var value in Candidates())
            if (value >= Low && value <= High && ticks.TrueForAll(t => Math.Abs(Fraction(t.Value) - Fraction(value)) >= apart))
                ticks.Add(new(value, Label(value)));
        ticks.Sort((a, b) => a.Value.CompareTo(b.Value));
        return ticks;
    }

    private string Label(double value)
    {
        var scaled = value / Math.Pow(10, Exponent);
        return NumberText.Fixed(scaled, scaled == 0 ? 0 : Math.Max(0, -(int)Math.Floor(Math.Log10(Math.Abs(scaled)) + 1e-9)));
    }

    private IEnumerable<double> Candidates()
    {
        yield return 0;
        var top = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(Low), Math.Abs(High))));
        foreach (var digit in (int[])[5, 2, 1])
            yield return digit * Math.Pow(10, top);
        foreach (var digit in (int[])[-5, -2, -1])
            yield return digit * Math.Pow(10, top);
        for (var decade = top - 1; decade >= top - 3; decade--)
            foreach (var digit in (int[])[3, -3, 1, -1])
                yield return digit * Math.Pow(10, decade);
    }

    private static double[] Sorted(MapImage image, Func<double, double> of)
    {
        var values = image.Values.Where((value, i) => image.Usable[i] && double.IsFinite(value)).Select(of).ToArray();
        Array.Sort(values);
        return values;
    }

    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
