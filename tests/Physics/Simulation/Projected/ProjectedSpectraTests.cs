using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation.Projected;

public class ProjectedSpectraTests
{
    private static readonly CubeGrid Grid = SightlineBasisTests.Grid;
    private static readonly double[][] Transforms = new SightlineBasis(SightlineBasisTests.Emission, Grid).Transforms();
    private static readonly ProjectedSpectra Spectra = new(Transforms, Grid);

    [Fact]
    public void Factors_multiply_to_the_cross_spectra_of_the_projection_integral()
    {
        var spectrum = new TurbulenceSpectrum(1, 0.3, 11.0 / 3);
        double P(int node, int m) => spectrum.Power(Math.Sqrt(Math.Pow(Spectra.NodeWavenumber(node), 2) + Spectra.SquaredWaves[m])) / Grid.Volume;
        var power = Enumerable.Range(0, ProjectedSpectra.Nodes * Spectra.Waves).Select(i => (float)P(i / Spectra.Waves, i % Spectra.Waves)).ToArray();
        var factors = new float[ProjectedSpectra.Nodes * ProjectedSpectra.FactorLength];
        Spectra.Factorise(power, factors);
        foreach (var node in (int[])[10, 40, 90])
        {
            double Covariance(int i, int j) => Enumerable.Range(0, Grid.CellsZ / 2).Sum(m => (m == 0 ? 1 : 2) * Transforms[i][m] * Transforms[j][m] * P(node, m));
            double Product(int i, int j) => Enumerable.Range(0, SightlineBasis.Terms).Sum(n => (double)L(node, i, n) * L(node, j, n));
            var largest = Enumerable.Range(0, SightlineBasis.Terms).Max(i => Covariance(i, i));
            for (var i = 0; i < SightlineBasis.Terms; i++)
                for (var j = 0; j <= i; j++) Assert.Equal(Covariance(i, j) / largest, Product(i, j) / largest, 1e-4);
        }

        float L(int node, int row, int column) => factors[node * ProjectedSpectra.FactorLength + column * SightlineBasis.Lanes + row];
    }

    [Fact]
    public void Fields_without_power_have_factors_of_zero()
    {
        var factors = Enumerable.Repeat(1f, ProjectedSpectra.Nodes * ProjectedSpectra.FactorLength).ToArray();
        Spectra.Factorise(new float[ProjectedSpectra.Nodes * Spectra.Waves], factors);
        Assert.All(factors, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(7.77)]
    [InlineData(16.9)]
    public void A_wavenumber_lies_between_its_nodes(double k)
    {
        var (node, fraction) = Spectra.Locate(k);
        Assert.Equal(k, Spectra.NodeWavenumber(node) + fraction * (Spectra.NodeWavenumber(node + 1) - Spectra.NodeWavenumber(node)), 1e-5);
    }
}
