namespace ClusterSurvey.Physics.MeanModel;

public class LineOfSightQuadratureTests
{
    private static readonly DensityProfile BetaModel = new(1, 0.1, 1, 0.65, 0);
    private static readonly DensityProfile Vikhlinin = new(1, 0.1, 0.7, 0.6, 2.5);

    // Reference values by an independent code; at 0.05 the closed form, which the reference table misses by 1.7e-5.
    [Theory]
    [InlineData(0, 1.6020256e-1)]
    [InlineData(0.05, 1.1591775e-1)]
    [InlineData(0.1, 5.8637570e-2)]
    [InlineData(0.3, 5.6842015e-3)]
    [InlineData(1, 1.9879401e-4)]
    public void A_beta_model_projects_to_the_reference_values(double radius, double expected) =>
        Assert.Equal(1, LineOfSightQuadrature.Project(BetaModel.SquareAt, radius) / expected, 1e-5);

    [Theory]
    [InlineData(0.01, 1.6731035e-1)]
    [InlineData(0.1, 6.7973691e-2)]
    [InlineData(0.3, 7.3114310e-3)]
    [InlineData(1, 9.7370583e-5)]
    public void A_Vikhlinin_profile_projects_to_the_reference_values(double radius, double expected) =>
        Assert.Equal(1, LineOfSightQuadrature.Project(Vikhlinin.SquareAt, radius) / expected, 1e-5);

    // sqrt(pi) Gamma(3 beta - 1/2) / Gamma(3 beta) rc (1 + (r/rc)^2)^(1/2 - 3 beta)
    [Fact]
    public void The_error_against_the_closed_form_stays_below_its_bound()
    {
        var centre = Math.Sqrt(Math.PI) * MathNet.Numerics.SpecialFunctions.Gamma(1.45) / MathNet.Numerics.SpecialFunctions.Gamma(1.95) * 0.1;
        for (var radius = 0.0; radius <= 2; radius += 0.05)
        {
            var exact = centre * Math.Pow(1 + radius * radius / 0.01, 0.5 - 1.95);
            Assert.Equal(1, LineOfSightQuadrature.Project(BetaModel.SquareAt, radius) / exact, 2.4e-6);
        }
    }
}
