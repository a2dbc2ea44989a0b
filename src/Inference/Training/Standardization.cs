namespace ClusterSurvey.Inference.Training;

/// <summary>
/// Centres and scales columns, z = (v - centre) / scale, so that outliers do not decide: mean and standard deviation of the
/// column cut off at its median plus or minus five robust deviations (1.4826 times the median absolute deviation). On normal
/// numbers that is the plain mean and deviation; where the robust deviation is zero nothing is cut off.
/// </summary>
public sealed class Standardization
{
    private const double CutDeviations = 5, NormalPerMad = 1.4826;

    /// <summary>A standardisation with given numbers, one of each a column.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a scale is not positive and finite.</exception>
    public Standardization(double[] centre, double[] scale)
    {
        ArgumentNullException.ThrowIfNull(centre);
        ArgumentNullException.ThrowIfNull(scale);
        if (centre.Length != scale.Length) throw new ArgumentException($"standardisation: {centre.Length} centres and {scale.Length} scales", nameof(scale));
        var bad = Array.FindIndex(scale, s => !(s > 0) || !double.IsFinite(s));
        if (bad >= 0) throw new ArgumentException($"standardisation: the scale of column {bad} is {scale[bad]}, not a positive number", nameof(scale));
        (Centre, Scale) = (centre, scale);
        LogScaleSum = scale.Sum(Math.Log);
    }

    /// <summary>What is subtracted, one number a column.</summary>
    public double[] Centre { get; }

    /// <summary>What is divided by, one number a column.</summary>
    public double[] Scale { get; }

    /// <summary>Sum of log scale: log density in the units of the columns = log density of z minus this.</summary>
    public double LogScaleSum { get; }

    /// <summary>Number of columns.</summary>
    public int Width => Centre.Length;

    /// <summary>Measures the columns of a row-by-row table.</summary>
    /// <param name="table">The numbers, length n x <paramref name="width"/>.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="name">What the table is called in an error.</param>
    /// <exception cref="ArgumentException">A column is constant.</exception>
    public static Standardization Measure(ReadOnlySpan<float> table, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        double[] centre = new double[width], scale = new double[width], column = new double[table.Length / width];
        for (var j = 0; j < width; j++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = table[i * width + j];
            (centre[j], scale[j]) = Measure(column);
            // Rounding leaves a deviation of some 1e-8 of the value to a column that is constant in single precision.
            if (!(scale[j] > 1e-7 * Math.Abs(centre[j])))
                throw new ArgumentException($"{name}: column {j} is constant ({centre[j]}) over the {column.Length} training rows; leave it out, it carries no information", nameof(table));
        }
        return new Standardization(centre, scale);
    }

    /// <summary>Standardises a row-by-row table in place.</summary>
    public void Apply(Span<float> table)
    {
        for (int i = 0, j = 0; i < table.Length; i++, j = j + 1 == Width ? 0 : j + 1) table[i] = (float)((table[i] - Centre[j]) / Scale[j]);
    }

    /// <summary>Standardises a row-by-row table.</summary>
    public void Apply(ReadOnlySpan<double> table, Span<float> standardised)
    {
        for (int i = 0, j = 0; i < table.Length; i++, j = j + 1 == Width ? 0 : j + 1) standardised[i] = (float)((table[i] - Centre[j]) / Scale[j]);
    }

    /// <summary>The way back.</summary>
    public void Restore(ReadOnlySpan<float> standardised, Span<double> table)
    {
        for (int i = 0, j = 0; i < standardised.Length; i++, j = j + 1 == Width ? 0 : j + 1) table[i] = Centre[j] + Scale[j] * standardised[i];
    }

    private static (double Centre, double Scale) Measure(double[] column)
    {
        Array.Sort(column);
        var median = Median(column);
        var distances = Array.ConvertAll(column, v => Math.Abs(v - median));
        Array.Sort(distances);
        var cut = CutDeviations * NormalPerMad * Median(distances);
        if (cut == 0) cut = double.PositiveInfinity;
        var clipped = Array.ConvertAll(column, v => Math.Clamp(v, median - cut, median + cut));
        var mean = clipped.Average();
        return (mean, Math.Sqrt(clipped.Average(v => (v - mean) * (v - mean))));
    }

    private static double Median(double[] sorted) => 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
}
