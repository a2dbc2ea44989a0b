using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>A mark on an axis; one without a label is a minor one.</summary>
public readonly record struct Tick(double Value, string Label)
{
    public bool IsMajor => Label.Length > 0;
}

/// <summary>A range of values with its scale: where a value lies, and where the ticks go.</summary>
/// <param name="Label">Name and unit, as rich text.</param>
/// <param name="Low">Value at the start.</param>
/// <param name="High">Value at the end, above <paramref name="Low"/>.</param>
/// <param name="Logarithmic">True for a logarithmic axis; both bounds are positive then.</param>
public sealed record Axis(string Label, double Low, double High, bool Logarithmic = false)
{
    private const double Slack = 1e-9;

    /// <summary>An axis around some values, with a margin of the given fraction on each side. Values that the scale cannot show are passed over.</summary>
    public static Axis Around(string label, IEnumerable<double> values, bool logarithmic = false, double margin = 0.06)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || (logarithmic && value <= 0)) continue;
            var at = logarithmic ? Math.Log10(value) : value;
            (low, high) = (Math.Min(low, at), Math.Max(high, at));
        }
        if (low > high) (low, high) = (0, 1);
        if (high - low < 1e-12 * Math.Max(Math.Abs(low), 1)) (low, high) = (low - 0.5, high + 0.5);
        var pad = margin * (high - low);
        return logarithmic ? new(label, Math.Pow(10, low - pad), Math.Pow(10, high + pad), true) : new(label, low - pad, high + pad);
    }

    /// <summary>Where a value lies: 0 at the start, 1 at the end.</summary>
    public double Fraction(double value) => Logarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>Whether a value can be drawn inside the axis.</summary>
    public bool Holds(double value) => double.IsFinite(value) && value >= Low - Slack * Math.Abs(Low) && value <= High + Slack * Math.Abs(High);

    /// <summary>A value moved into the axis.</summary>
    public double Clamp(double value) => Math.Clamp(value, Low, High);

    /// <summary>Ticks at round values, rising.</summary>
    /// <param name="labels">How many labels there is room for.</param>
    public IReadOnlyList<Tick> Ticks(int labels)
    {
        labels = Math.Max(labels, 2);
        if (!Logarithmic) return LinearTicks(labels);
        return Math.Log10(High / Low) < 0.8 ? LinearTicks(labels) : LogarithmicTicks(labels);
    }

    private List<Tick> LinearTicks(int labels)
    {
        var step = LinearStep(labels);
        var exponent = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(Low), Math.Abs(High))));
        var power = exponent is > 4 or < -3;
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + Slack) + (power ? exponent : 0));
        var ticks = new List<Tick>();
        for (var i = Math.Ceiling(Low / step - Slack); i * step <= High + Slack * (High - Low); i++)
        {
            var value = i * step;
            var shown = NumberText.Fixed(power ? value / Math.Pow(10, exponent) : value, decimals);
            ticks.Add(new(value, power && i != 0 ? shown + "×10" + NumberText.Superscript(exponent) : shown));
        }
        return ticks;
    }

    /// <summary>The finest round step that gives no more labels than asked; where that leaves fewer than two, a less round one.</summary>
    private double LinearStep(int labels)
    {
        var step = RoundStep((High - Low) / labels);
        while (Multiples(step) > labels) step = RoundStep(step * 1.01);
        var power = Math.Pow(10, Math.Floor(Math.Log10(step) + Slack));
        foreach (var factor in (ReadOnlySpan<double>)[5, 4, 2, 1, 0.5, 0.4, 0.2, 0.1])
            if (factor * power <= step * (1 + Slack) && Multiples(factor * power) >= 2) return factor * power;
        return step;
    }

    private double Multiples(double step) => Math.Floor(High / step + Slack) - Math.Ceiling(Low / step - Slack) + 1;

    private List<Tick> LogarithmicTicks(int labels)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(Low) - Slack), (int)Math.Ceiling(Math.Log10(High) + Slack));
        var decades = Math.Log10(High / Low);
        var stride = Math.Max(1, (int)Math.Ceiling(decades / labels));
        int[] labelled = decades * 3 <= labels ? [1, 2, 5] : decades * 2 <= labels + 0.5 ? [1, 3] : [1];
        var ticks = new List<Tick>();
        for (var decade = first; decade <= last; decade++)
            for (var digit = 1; digit < 10; digit++)
            {
                var value = double.Parse(FormattableString.Invariant($"{digit}e{decade}"), System.Globalization.CultureInfo.InvariantCulture);
                if (!Holds(value) || (digit > 1 && stride > 1)) continue;
                var isMajor = Array.IndexOf(labelled, digit) >= 0 && Modulo(decade, stride) == 0;
                ticks.Add(new(value, isMajor ? LogarithmicLabel(digit, decade) : ""));
            }
        return ticks;
    }

    private string LogarithmicLabel(int digit, int decade)
    {
        if (Low >= 0.9e-3 && High <= 1.1e4) return NumberText.Fixed(digit * Math.Pow(10, decade), Math.Max(0, -decade));
        return (digit == 1 ? "" : digit + "×") + "10" + NumberText.Superscript(decade);
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not below a value.</summary>
    private static double RoundStep(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
            if (factor * power >= atLeast * (1 - Slack)) return factor * power;
        return 10 * power;
    }

    private static int Modulo(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}
