namespace ClusterSurvey.Physics.Simulation.Projected;

public class SightlineTableTests
{
    private static readonly CubeGrid Grid = SightlineBasisTests.Grid;
    private static readonly ClusterEmission Emission = SightlineBasisTests.Emission;
    private static readonly SightlineBasis Basis = new(Emission, Grid);
    private static readonly SightlineTable Table = new(Emission, Basis, Grid);

    [Theory]
    [InlineData(0)]
    [InlineData(0.007)]
    [InlineData(0.02)]
    [InlineData(0.13)]
    [InlineData(0.6)]
    [InlineData(1.38)]
    public void Brightness_is_that_of_the_cube(double radius)
    {
        var row = new float[SightlineTable.RowLength];
        Assert.Equal(1, Table.At(radius, row) / new LineOfSight(Emission, Grid).Project(radius), 5e-5);
    }

    // Coefficients times functions give eps and eps^2 back, as integrals against any field: here a wave in depth.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.9)]
    public void Coefficients_project_a_wave_as_the_emissivity_and_its_square_do(double radius)
    {
        var row = new float[SightlineTable.RowLength];
        Table.At(radius, row);
        double once = 0, twice = 0, squares = 0, expected = 0, expectedSquare = 0, sum = 0;
        for (var cell = 0; cell < Basis.Half; cell++)
        {
            var depth = (cell + 0.5) * Grid.DepthCellR500;
            var wave = Math.Cos(2 * Math.PI * depth / 0.8);
            var eps = Emission.Emissivity(Math.Sqrt(radius * radius + depth * depth)) * Grid.DepthCellR500 * Emission.R500Kpc;
            (sum, expected) = (sum + 2 * eps, expected + 2 * eps * wave);
            (squares, expectedSquare) = (squares + eps * eps, expectedSquare + eps * eps * wave);
            for (var term = 0; term < SightlineBasis.Terms; term++)
            {
                var phi = 2 * Basis.Rows[cell * SightlineBasis.Lanes + term] * wave;
                (once, twice) = (once + row[term] * phi, twice + row[SightlineBasis.Lanes + term] * phi);
            }
        }
        Assert.Equal(expected / sum, once / sum, 0.002);
        Assert.Equal(expectedSquare / squares, twice, 0.03);
    }
}
