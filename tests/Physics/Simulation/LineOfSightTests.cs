using ClusterSurvey.Foundation;
using MathNet.Numerics;

namespace ClusterSurvey.Physics.Simulation;

public class LineOfSightTests
{
    private static readonly CubeGrid Grid = new(4, 4, 400, 0.025, 0.025);

    // sqrt(pi) Gamma(3 beta - 1/2)/Gamma(3 beta) rc (1 + (rho/rc)^2)^(1/2 - 3 beta), in kpc.
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void A_beta_model_projects_to_its_closed_form(double rho)
    {
        const double rc = 0.1, beta = 0.65, r500Kpc = 1200;
        var column = new LineOfSight(new ClusterEmission([1.5], radius => Math.Pow(1 + radius * radius / (rc * rc), -3 * beta), r500Kpc, 0), Grid);
        var closed = Math.Sqrt(Math.PI) * SpecialFunctions.Gamma(3 * beta - 0.5) / SpecialFunctions.Gamma(3 * beta) * rc * Math.Pow(1 + rho * rho / (rc * rc), 0.5 - 3 * beta);
        // At rho = 1 the box's ends miss 2e-3 of what the closed form sums to infinity.
        Assert.Equal(1, column.Project(rho) / (closed * r500Kpc), rho < 1 ? 5e-4 : 4e-3);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.4)]
    [InlineData(1.2)]
    public void The_three_sums_are_those_of_the_whole_column_without_table_or_cut(double rho)
    {
        double Emissivity(double radius) => Math.Pow(1 + radius * radius / 0.01, -1.8) * Math.Pow(1 + Math.Pow(radius / 0.7, 3), -2.5 / 3);
        var field = new float[Grid.CellsZ];
        new Seed(1).Stream().FillNormal(field);
        double sum = 0, linear = 0, quadratic = 0;
        for (var i = 0; i < field.Length; i++)
        {
            var z = (i - (field.Length - 1) / 2.0) * Grid.DepthCellR500;
            var weight = Emissivity(Math.Sqrt(rho * rho + z * z)) * Grid.DepthCellR500 * 1000 * (i == 0 || i == field.Length - 1 ? 0.5 : 1);
            sum += weight;
            linear += weight * field[i];
            quadratic += weight * field[i] * field[i];
        }
        var column = new LineOfSight(new ClusterEmission([1.5], Emissivity, 1000, 0), Grid);
        var found = column.Project(rho, field);
        Assert.Equal(found.Unperturbed, column.Project(rho));
        Assert.Equal(1, found.Unperturbed / sum, 1e-4);
        Assert.Equal(0, (found.Linear - linear) / sum, 1e-4);
        Assert.Equal(1, found.Quadratic / quadratic, 1e-4);
    }
}
