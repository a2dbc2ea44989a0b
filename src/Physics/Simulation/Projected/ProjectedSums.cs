namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>Puts the brightness of an emission together from the images of a field (see <see cref="ProjectedSimulator"/> for the sum).</summary>
internal sealed class ProjectedSums(int width, int height, int fieldWidth)
{
    private const int Terms = SightlineBasis.Terms;

    private readonly float[] linear = new float[width * height], small = new float[width * height], second = new float[width * height];
    private readonly float[] square = new float[width * height], mean = new float[width * height], meanSquare = new float[width * height];

    /// <summary>The perturbed emission.</summary>
    public PerturbedEmission Add(ProjectedField field, SightlineMaps maps)
    {
        for (var term = 0; term < Terms; term++)
        {
            Add(field.Large(term), maps.Coefficients(term), linear);
            Add(field.Large(term), maps.SquareCoefficients(term), mean);
            Add(field.LargeSquare(term), maps.Coefficients(term), square);
            Add(field.LargeSquare(term), maps.SquareCoefficients(term), meanSquare);
            Add(field.Small(term), maps.Coefficients(term), small);
        }
        for (var term = 0; term < SmallScales.FewTerms; term++)
        {
            Add(field.Second(term), maps.Coefficients(term), second);
            Add(field.SmallSquare(term), maps.Coefficients(term), square);
        }
        return Join(maps.Brightness, field.CapturedVariance, field.LargeVariance);
    }

    private PerturbedEmission Join(double[] brightness, double captured, double large)
    {
        double[] once = new double[brightness.Length], twice = new double[brightness.Length];
        for (var i = 0; i < brightness.Length; i++)
        {
            once[i] = linear[i] + small[i];
            var scatter = Math.Sqrt(Math.Max(0, large + meanSquare[i] - mean[i] * mean[i]));
            twice[i] = brightness[i] * captured + square[i] + 2 * (mean[i] * small[i] + scatter * second[i]);
        }
        return new PerturbedEmission(brightness, once, twice, captured);
    }

    private void Add(ReadOnlySpan<float> image, ReadOnlySpan<float> coefficients, Span<float> sums)
    {
        for (var y = 0; y < height; y++)
            VectorSums.MultiplyAdd(image.Slice(y * fieldWidth, width), coefficients.Slice(y * width, width), sums.Slice(y * width, width));
    }
}
