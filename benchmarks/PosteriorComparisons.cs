using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Benchmarks;

/// <summary>Ways to the posterior of three parameters, of one neural likelihood and of many objects.</summary>
internal static class PosteriorComparisons
{
    private const int Draws = 10_000, Objects = 64, Population = 12;

    private static readonly Prior Box = new(((string[])["a", "b", "c"]).Select(name => new PriorParameter(name, new UniformDistribution(-1, 1))));

    public static IEnumerable<Comparison> All()
    {
        var likelihood = Likelihood();
        var x = likelihood.Sample(new Seed(4), [0.1, -0.2, 0.3], 1);
        void Grid() => GridPosterior.Compute(Box, likelihood, x).Sample(new Seed(1), Draws);
        yield return new Comparison($"{Draws} independent draws, grid", "ensemble sampler, 5000 effective draws", () => Ensemble(likelihood, x), Grid);
        yield return new Comparison($"{Draws} independent draws, grid", $"no-U-turn sampler, {Draws} draws", () => Nuts(likelihood, x), Grid);
        var theta = Box.Sample(new Seed(5), 7);
        yield return new Comparison("gradient of 3 parameters, 7 points at once, 1000 times", "7 calls", () => Gradient(likelihood, x, theta, 1), () => Gradient(likelihood, x, theta, 7));
        var grid = ParameterGrid.Over(Box);
        var cubes = Enumerable.Range(0, Objects).Select(i => new NamedCube($"{i}", LikelihoodCube.Evaluate(likelihood, likelihood.Sample(new Seed(6).Derive(i), [0.1, -0.2, 0.3], 1), grid))).ToArray();
        yield return new Comparison($"joint posterior of {Objects} cubes and {Draws} draws", "evaluating one more object's cube", () => LikelihoodCube.Evaluate(likelihood, x, grid),
            () => JointPosterior.From(Box, cubes).Posterior.Sample(new Seed(1), Draws));
        var objects = cubes.Take(Population).ToArray();
        yield return new Comparison($"population of {Population} objects, 300 effective draws", "ensemble sampler of 4 x 24 walkers", () => Walkers(objects), () => PopulationPosterior.Compute(new Seed(1), objects, 300));
    }

    private static void Walkers(NamedCube[] objects) => EnsembleSampler.Sample(new Seed(1), PopulationPosterior.UsualPrior(objects[0].Cube.Grid), new PopulationLikelihood(objects), [],
        new Inference.Samplers.EnsembleOptions { EffectiveDraws = 300, Walkers = 24, MaximumSteps = 4000, Move = new MixedMove(new StretchMove(), new DifferentialMove(), 0.5) });

    private static void Ensemble(ILikelihood likelihood, double[] x) =>
        EnsembleSampler.Sample(new Seed(1), Box, likelihood, x, new Inference.Samplers.EnsembleOptions { EffectiveDraws = 5000 }).Draw(new Seed(2), Draws);

    private static void Nuts(ILikelihood likelihood, double[] x) => NutsSampler.Sample(new Seed(1), Box, likelihood, x, new NutsOptions { Draws = Draws / 4 });

    private static void Gradient(NeuralLikelihood likelihood, double[] x, double[] theta, int atOnce)
    {
        var values = new double[atOnce];
        for (var i = 0; i < 1000; i++)
        {
            for (var first = 0; first < 7; first += atOnce) likelihood.Evaluate(x, theta.AsSpan(3 * first, 3 * atOnce), values);
        }
    }

    /// <summary>Twelve numbers that bend with three parameters, learnt from 2000 pairs for a few epochs.</summary>
    private static NeuralLikelihood Likelihood()
    {
        var random = new Seed(3).Stream();
        var theta = new float[2000 * 3];
        var x = new float[2000 * 12];
        for (var i = 0; i < 2000; i++)
        {
            for (var j = 0; j < 3; j++) theta[3 * i + j] = (float)random.NextUniform(-1, 1);
            for (var k = 0; k < 12; k++) x[12 * i + k] = (float)(theta[3 * i] + Math.Sin(2 * theta[3 * i + 1] + k / 4.0) + theta[3 * i + 2] * (k - 6) / 6.0 + 0.5 * random.NextNormal());
        }
        return NeuralLikelihood.Train(new Seed(2), new InMemoryPairs(theta, x, 3, 12), new Inference.Methods.EnsembleOptions { Training = new TrainingOptions { MaxEpochs = 20 } });
    }
}
