namespace ClusterSurvey.Physics.Morphology;

public class ZernikeModeTests
{
    [Fact]
    public void There_are_twenty_pairs_up_to_eight()
    {
        Assert.Equal(20, ZernikeMode.UpToEight.Count);
        Assert.All(ZernikeMode.UpToEight, mode => Assert.True(mode.M > 0 && mode.M <= mode.N && (mode.N - mode.M) % 2 == 0));
    }

    [Fact]
    public void Radial_polynomials_are_those_of_the_textbook()
    {
        foreach (var rho in new[] { 0.0, 0.3, 0.8, 1.0 })
        {
            Assert.Equal(3 * Math.Pow(rho, 3) - 2 * rho, Radial(3, 1, rho), 1e-12);
            Assert.Equal(15 * Math.Pow(rho, 6) - 20 * Math.Pow(rho, 4) + 6 * rho * rho, Radial(6, 2, rho), 1e-12);
            Assert.Equal(Math.Pow(rho, 8), Radial(8, 8, rho), 1e-12);
        }
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(2, 4)]
    public void Orders_that_are_none_are_refused(int n, int m) => Assert.Throws<ArgumentException>(() => new ZernikeMode(n, m));

    private static double Radial(int n, int m, double rho) => new ZernikeMode(n, m).At(rho, 0).Cosine / Math.Sqrt(2 * (n + 1));

    // Means over the disc, by rings of equal area and equal angles.
    [Fact]
    public void Modes_are_orthonormal_over_the_disc_and_have_no_mean()
    {
        const int rings = 400, angles = 64;
        (double U, double V)[] points = [.. from ring in Enumerable.Range(0, rings) from turn in Enumerable.Range(0, angles) select Point(Math.Sqrt((ring + 0.5) / rings), 2 * Math.PI * turn / angles)];
        double[][] modes = [.. ZernikeMode.UpToEight.SelectMany(mode => new[] { points.Select(p => mode.At(p.U, p.V).Cosine).ToArray(), points.Select(p => mode.At(p.U, p.V).Sine).ToArray() })];
        for (var i = 0; i < modes.Length; i++)
        {
            Assert.Equal(0, modes[i].Average(), 1e-9);
            for (var j = i; j < modes.Length; j++) Assert.Equal(i == j ? 1 : 0, modes[i].Zip(modes[j], (a, b) => a * b).Average(), 1e-3);
        }

        static (double U, double V) Point(double rho, double angle) => (rho * Math.Cos(angle), rho * Math.Sin(angle));
    }
}
