using MathNet.Numerics;

namespace ClusterSurvey.Physics.PointSpread;

public class BesselJ0Tests
{
    [Fact]
    public void It_agrees_with_a_slower_one_everywhere()
    {
        for (var x = 0.0; x < 400; x = x < 30 ? x + 0.173 : 1.07 * x) Assert.Equal(SpecialFunctions.BesselJ(0, x), BesselJ0.At(x), 2e-9);
        Assert.Equal(BesselJ0.At(5), BesselJ0.At(-5));
    }
}
