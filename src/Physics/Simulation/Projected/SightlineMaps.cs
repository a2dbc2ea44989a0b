namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>What one emission makes of a basis in every pixel of an image; 0 in pixels that are not wanted.</summary>
internal sealed class SightlineMaps
{
    private readonly float[][] coefficients, squareCoefficients;

    /// <summary>Looks every pixel's radius up.</summary>
    /// <param name="table">The emission's table.</param>
    /// <param name="radii">Elliptical radius of every pixel, R500.</param>
    /// <param name="pixels">True where wanted; empty for everywhere.</param>
    public SightlineMaps(SightlineTable table, double[] radii, ReadOnlySpan<bool> pixels)
    {
        Brightness = new double[radii.Length];
        coefficients = [.. Enumerable.Range(0, SightlineBasis.Terms).Select(_ => new float[radii.Length])];
        squareCoefficients = [.. Enumerable.Range(0, SightlineBasis.Terms).Select(_ => new float[radii.Length])];
        Span<float> row = stackalloc float[SightlineTable.RowLength];
        for (var pixel = 0; pixel < radii.Length; pixel++)
        {
            if (!pixels.IsEmpty && !pixels[pixel]) continue;
            Brightness[pixel] = table.At(radii[pixel], row);
            for (var term = 0; term < SightlineBasis.Terms; term++)
                (coefficients[term][pixel], squareCoefficients[term][pixel]) = (row[term], row[SightlineBasis.Lanes + term]);
        }
    }

    /// <summary>S0 per pixel, counts s^-1 kpc^-2.</summary>
    public double[] Brightness { get; }

    /// <summary>S0 a_j per pixel: <c>int eps f dl = sum_j S0 a_j int phi_j f dz</c>.</summary>
    public ReadOnlySpan<float> Coefficients(int term) => coefficients[term];

    /// <summary>b_j per pixel: <c>int eps^2 f dl / int eps^2 dl = sum_j b_j int phi_j f dz</c>.</summary>
    public ReadOnlySpan<float> SquareCoefficients(int term) => squareCoefficients[term];
}
