namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// The spectrum of the square of an isotropic Gaussian field: <c>P2(k) = 2 int P(q) P(|k - q|) d^3q</c>, which is the transform of twice the square of
/// its correlation function (Wick's theorem). By sums over equidistant wavenumbers and distances. Safe for concurrent use: all fields share one.
/// </summary>
internal sealed class SquareSpectrum
{
    // The field's spectrum varies over 1/R500 and more, and its correlation dies out within 1.5 R500.
    private const double LargestWave = 0.3, FarthestR500 = 1.5;

    private readonly double wave, distance;
    private readonly int distances;
    private readonly float[] sines;

    /// <summary>Prepares the sums for fields without power beyond a wavenumber.</summary>
    /// <param name="largestWavenumber">In 1/R500.</param>
    public SquareSpectrum(double largestWavenumber)
    {
        Waves = (int)Math.Ceiling(largestWavenumber / LargestWave);
        wave = largestWavenumber / Waves;
        // Two points per shortest wave of the square.
        distance = 0.25 / largestWavenumber;
        distances = (int)Math.Ceiling(FarthestR500 / distance);
        sines = new float[Waves * distances];
        for (var i = 0; i < Waves; i++)
            for (var j = 0; j < distances; j++) sines[i * distances + j] = (float)Math.Sin(2 * Math.PI * Wavenumber(i) * Distance(j));
    }

    /// <summary>Number of wavenumbers.</summary>
    public int Waves { get; }

    /// <summary>A wavenumber, 1/R500.</summary>
    public double Wavenumber(int i) => (i + 0.5) * wave;

    /// <summary>Where a wavenumber lies: the place below, and the part of the way to the next.</summary>
    public (int Place, float Fraction) Locate(double k)
    {
        var at = Math.Clamp(k / wave - 0.5, 0, Waves - 1);
        var place = Math.Min((int)at, Waves - 2);
        return (place, (float)(at - place));
    }

    /// <summary>Turns the spectrum of a field into that of its square.</summary>
    /// <param name="power">P at every wavenumber; receives P2.</param>
    public void Square(Span<float> power)
    {
        // r xi(r) = 2 int k P(k) sin(2 pi k r) dk.
        var correlation = new float[distances];
        for (var i = 0; i < Waves; i++) VectorSums.MultiplyAdd(Row(i), (float)(2 * wave * Wavenumber(i) * power[i]), correlation);
        // k P2(k) = 2 int r 2 xi(r)^2 sin(2 pi k r) dr.
        for (var j = 0; j < distances; j++) correlation[j] *= 4 * correlation[j] * (float)(distance / Distance(j));
        for (var i = 0; i < Waves; i++) power[i] = Math.Max(0, VectorSums.Dot(Row(i), correlation) / (float)Wavenumber(i));
    }

    private double Distance(int j) => (j + 0.5) * distance;

    private ReadOnlySpan<float> Row(int i) => sines.AsSpan(i * distances, distances);
}
