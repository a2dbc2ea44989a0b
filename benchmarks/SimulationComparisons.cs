using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Benchmarks;

/// <summary>What sharing a field and using every core bring to a set of simulations.</summary>
internal static class SimulationComparisons
{
    private static readonly double[] Sigmas = [-1.2, -0.9, -0.6, -0.3];

    public static IEnumerable<Comparison> All()
    {
        var cluster = new CircularCluster { Pixels = 64, DepthCells = 256 };
        var emission = cluster.Emission();
        var geometry = cluster.Geometry();
        var design = SpectrumDesign.Of(RadialRegion.Standard, emission.EllipticalRadius, geometry.Mask, ScaleGrid.Geometric(0.1, 1, 8));
        var simulator = new ClusterSimulator(new Seed(1), geometry, design, emission, _ => emission, new SimulationOptions { Cube = cluster.Cube });
        var s = new double[Sigmas.Length * design.Length];
        yield return new Comparison("8 fields of 64^2 x 256 cells, 4 sigmas each", "a field for every sigma", () => Separate(simulator, design.Length, s), () => Shared(simulator, s));
        foreach (var comparison in ProjectedFields().Concat(Spread()).Append(SmoothFactor()).Append(Whole())) yield return comparison;
        var plan = SimulationPlan.Repeat([-0.7, -0.5, 11.0 / 3], 64);
        yield return new Comparison($"64 simulations on {Environment.ProcessorCount} threads", "one thread", () => Run(simulator, plan, 1), () => Run(simulator, plan, Environment.ProcessorCount));
    }

    private static void Run(ClusterSimulator simulator, SimulationPlan plan, int threads) =>
        SimulationSet.Run(simulator, plan, [(0, plan.FieldCount)], threads, (_, _, _) => { }, null, default);

    private static IEnumerable<Comparison> ProjectedFields()
    {
        foreach (var (pixels, depth) in ((int, int)[])[(64, 256), (128, 512)])
        {
            var cluster = new CircularCluster { Pixels = pixels, DepthCells = depth };
            var emission = cluster.Emission();
            bool[] used = [.. emission.EllipticalRadius.Select(radius => radius < 1)];
            var cube = new CubeSimulator(pixels, pixels, cluster.PixelR500, cluster.Cube with { SmallestBoxR500 = 2.5 });
            var projected = new ProjectedSimulator(pixels, pixels, cluster.PixelR500, cluster.Cube with { SmallestBoxR500 = 2.5 }, emission);
            yield return new Comparison($"4 fields of {pixels}^2 pixels, box 2.5 R500, {depth} deep", "the cube",
                () => Draw(cube, emission, used), () => Draw(projected, emission, used));
        }
    }

    // From parameters to spectra, over the survey's prior, in the geometry of the table of simulators: its six regions and a seventh, 20 scales.
    private static Comparison Whole()
    {
        const int rows = 8;
        var cluster = new CircularCluster();
        var (emission, geometry) = (cluster.Emission(), cluster.Geometry());
        RadialRegion[] regions = [.. RadialRegion.Standard, new("half", 0, 0.5)];
        var scales = ScaleGrid.Geometric(0.05, 1, 20);
        var design = SpectrumDesign.Of(regions, emission.EllipticalRadius, geometry.Mask, scales, FilterMask.Region, FilterMode.Fast);
        var simulator = new ClusterSimulator(new Seed(1), geometry, design, emission, _ => emission, new SimulationOptions { Cube = cluster.Cube, Simulator = SimulatorKind.Auto });
        var cube = new CubeSimulator(cluster.Pixels, cluster.Pixels, cluster.PixelR500, cluster.Cube);
        var masks = design.RegionPixels.ToArray();
        var plan = SimulationPlan.FromPrior(new Seed(1), SurveyPrior.Read("survey"), rows, Sigmas.Length);
        return new Comparison($"{rows} simulations of 128^2 x 512, 7 regions x 20 scales, the prior", "a cube each, 4 blurs by FFT", Plainly, () => Run(simulator, plan, 1));

        void Plainly()
        {
            for (var row = 0; row < rows; row++)
            {
                var theta = plan.Theta(row);
                var drawn = cube.Draw(new Seed(1).Derive(row), emission, Math.Pow(10, theta[1]), theta[2], geometry.Mask);
                var stream = new Seed(2).Derive(row).Stream();
                var residual = new double[geometry.PixelCount];
                for (var i = 0; i < residual.Length; i++)
                {
                    var expected = drawn.Brightness(i, Math.Pow(10, theta[0]), normalised: true) * geometry.Exposure[i] + geometry.Background[i];
                    residual[i] = (stream.NextPoisson(expected) - geometry.Background[i]) / (2 * geometry.Exposure[i]) - drawn.Unperturbed[i] / 2;
                }
                FilterComparisons.Naive(residual, masks, scales, cluster.Pixels, cluster.PixelR500);
            }
        }
    }

    // The baseline is the set with a point spread function: the ratio is what the function costs.
    private static IEnumerable<Comparison> Spread()
    {
        foreach (var kind in (SimulatorKind[])[SimulatorKind.Projected, SimulatorKind.Cube])
        {
            var cluster = new CircularCluster { Pixels = 128, DepthCells = 512 };
            var (emission, geometry) = (cluster.Emission(), cluster.Geometry());
            var design = SpectrumDesign.Of(RadialRegion.Standard, emission.EllipticalRadius, geometry.Mask, ScaleGrid.Geometric(0.05, 1, 12));
            ClusterSimulator Simulator(PointSpreadFunction? psf) => new(new Seed(1), geometry, design, emission, _ => emission,
                new SimulationOptions { Cube = cluster.Cube with { SmallestBoxR500 = 2.5 }, Simulator = kind, Psf = psf });
            var (sharp, spread) = (Simulator(null), Simulator(PointSpreadFunction.Of(new KingProfile(6.6, 1.5))));
            var s = new double[Sigmas.Length * design.Length];
            yield return new Comparison($"4 {(kind == SimulatorKind.Cube ? "cubes" : "projected fields")} of 128^2 pixels, 4 sigmas each, sharp", "with a point spread function", () => Four(spread, s), () => Four(sharp, s));
        }
    }

    // The baseline fits a smooth factor to each map: the ratio is what the factor costs.
    private static Comparison SmoothFactor()
    {
        var cluster = new CircularCluster { Pixels = 128, DepthCells = 512 };
        var (emission, geometry) = (cluster.Emission(), cluster.Geometry());
        var design = SpectrumDesign.Of(RadialRegion.Standard, emission.EllipticalRadius, geometry.Mask, ScaleGrid.Geometric(0.05, 1, 12), FilterMask.Region, FilterMode.Fast);
        ClusterSimulator Simulator(SecondOrder secondOrder) => new(new Seed(1), geometry, design, emission, _ => emission,
            new SimulationOptions { Cube = cluster.Cube with { SmallestBoxR500 = 2.5 }, Simulator = SimulatorKind.Projected, SecondOrder = secondOrder, EllipticalAngle = cluster.Angles() });
        var (without, with) = (Simulator(SecondOrder.Normalised), Simulator(SecondOrder.Refit));
        var s = new double[Sigmas.Length * design.Length];
        return new Comparison("4 fields, 128^2 pixels, 4 sigmas each, about the mean model", "about a smooth factor", () => Four(with, s), () => Four(without, s));
    }

    private static void Four(ClusterSimulator simulator, double[] s)
    {
        for (var field = 0; field < 4; field++) simulator.Simulate(field, -0.5, 11.0 / 3, Sigmas, s);
    }

    private static void Draw(IFieldSimulator simulator, ClusterEmission emission, bool[] used)
    {
        for (var field = 0; field < 4; field++) simulator.Draw(new Seed(1).Derive(field), emission, 0.3, 11.0 / 3, used);
    }

    private static void Separate(ClusterSimulator simulator, int length, double[] s)
    {
        for (var field = 0; field < 8; field++)
            for (var i = 0; i < Sigmas.Length; i++) simulator.Simulate(Sigmas.Length * field + i, -0.5, 11.0 / 3, Sigmas.AsSpan(i, 1), s.AsSpan(i * length, length));
    }

    private static void Shared(ClusterSimulator simulator, double[] s)
    {
        for (var field = 0; field < 8; field++) simulator.Simulate(field, -0.5, 11.0 / 3, Sigmas, s);
    }
}
