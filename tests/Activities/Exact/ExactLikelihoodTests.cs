using System.Numerics;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;
using ClusterSurvey.Physics.Turbulence;
using MathNet.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace ClusterSurvey.Activities.Exact;

/// <summary>
/// Turbulence where a likelihood exists: a homogeneous Gaussian field on a periodic square, to linear order, with white noise and no mask. The mean of its periodogram over modes of
/// one |k| is a Gamma variable, with half the number of modes as shape. The neural likelihood of its logarithms must give the posterior of the exact one. What is observed are fields in pixels; what is learnt from are modes, drawn one
/// by one with the variance that they have in such fields, and that the law of both is the same is tested.
/// </summary>
public sealed class ExactLikelihoodTests
{
    private const int Pixels = 32;
    private const int Simulations = 100_000;
    private const double SideR500 = 2, DepthR500 = 2;

    // In R500^2, as the power of the fields: below the turbulence at large scales, above it at small ones.
    private const double NoisePower = 1e-6;

    // Squares of wavenumbers in units of 1/side: all modes of a bin have one |k|, and so one expected power.
    private static readonly int[] bins = [1, 2, 5, 10, 17, 25, 41, 65, 85, 125, 145, 185];

    private static readonly int[] modes = [.. bins.Select(Modes)];

    private static readonly Prior prior = new(
    [
        new(TurbulenceParameters.Names[0], new UniformDistribution(-2, 0)), new(TurbulenceParameters.Names[1], new UniformDistribution(-1.3, 0.5)), new(TurbulenceParameters.Names[2], new UniformDistribution(2, 6)),
    ]);

    private static readonly Lazy<NeuralLikelihood> learnt = new(Learn);

    [Theory]
    [InlineData(-0.7, -0.5, 3.67)]
    [InlineData(-1.0, -0.2, 4.5)]
    [InlineData(-0.4, -0.9, 3.0)]
    public void The_learnt_likelihood_gives_the_posterior_of_the_exact_one(double log10Sigma, double log10InjectionScale, double slope)
    {
        var truth = new TurbulenceParameters(log10Sigma, log10InjectionScale, slope);
        var observed = Observe(truth, new Seed(100).Stream());
        var exact = Draws(new GammaBandPowers(1), observed, new Seed(1));
        var score = Score(exact, Draws(learnt.Value, observed, new Seed(2)));
        Assert.True(score < 0.6, $"C2ST {score:f3}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0.25)]
    public void A_likelihood_that_counts_other_modes_than_there_are_fails_the_same_bound(double factor)
    {
        var observed = Observe(new TurbulenceParameters(-0.7, -0.5, 3.67), new Seed(100).Stream());
        var score = Score(Draws(new GammaBandPowers(1), observed, new Seed(1)), Draws(new GammaBandPowers(factor), observed, new Seed(3)));
        Assert.True(score > 0.6, $"C2ST {score:f3}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Band_powers_are_Gamma_variables(bool ofFields)
    {
        var truth = new TurbulenceParameters(-0.7, -0.5, 11.0 / 3);
        var stream = new Seed(5).Stream();
        var rows = Enumerable.Range(0, 400).Select(_ => ofFields ? Observe(truth, stream) : OfModes(truth, stream)).ToArray();
        for (var bin = 0; bin < bins.Length; bin++)
        {
            var (shape, mean) = (modes[bin] / 2.0, Power(TurbulenceSpectrum.From(truth), bins[bin]));
            var levels = rows.Select(row => SpecialFunctions.GammaLowerRegularized(shape, shape * Math.Exp(row[bin]) / mean)).ToArray();
            Assert.True(KolmogorovSmirnov.Uniform(levels).PValue > 0.05 / bins.Length, $"bin {bins[bin]}");
        }
    }

    // Larger batches and a longer average of the weights than by default, and no decay: a posterior that is to be exact asks for more than one that is to be calibrated.
    private static NeuralLikelihood Learn()
    {
        var theta = prior.Sample(new Seed(11), Simulations);
        var stream = new Seed(12).Stream();
        var x = Enumerable.Range(0, Simulations).SelectMany(i => OfModes(new TurbulenceParameters(theta[3 * i], theta[3 * i + 1], theta[3 * i + 2]), stream)).Select(value => (float)value).ToArray();
        var options = new EnsembleOptions { Networks = 1, Training = new TrainingOptions { BatchSize = 500, WeightAveraging = 0.999, WeightDecay = 0 } };
        return NeuralLikelihood.Train(new Seed(13), new InMemoryPairs([.. theta.Select(value => (float)value)], x, 3, bins.Length), options, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>ln of the mean of squared modes in each bin: a mode and its opposite are one complex number, two normal ones.</summary>
    private static double[] OfModes(TurbulenceParameters truth, RandomStream stream)
    {
        var spectrum = TurbulenceSpectrum.From(truth);
        return [.. bins.Select((bin, i) => Math.Log(Power(spectrum, bin) * Enumerable.Range(0, modes[i]).Average(_ => Math.Pow(stream.NextNormal(), 2))))];
    }

    private static double[] Draws(ILikelihood likelihood, double[] observed, Seed seed)
        => GridPosterior.Compute(prior, likelihood, observed, cancellation: TestContext.Current.CancellationToken).Sample(seed, 2000);

    private static double Score(double[] exact, double[] other) => ClassifierTwoSampleTest.Score(new Seed(4), exact, other, 3, cancellation: TestContext.Current.CancellationToken).Accuracy;

    /// <summary>ln of the mean periodogram of one field in each bin.</summary>
    private static double[] Observe(TurbulenceParameters truth, RandomStream stream)
    {
        var spectrum = TurbulenceSpectrum.From(truth);
        var field = new Complex[Pixels * Pixels];
        for (var i = 0; i < field.Length; i++) field[i] = stream.NextNormal();
        Transform(field, forward: true);
        for (var i = 0; i < field.Length; i++) field[i] *= Math.Sqrt(Turbulence(spectrum, SquaredWavenumber(i))) * Pixels / SideR500;
        Transform(field, forward: false);
        var noise = Math.Sqrt(NoisePower) * Pixels / SideR500;
        for (var i = 0; i < field.Length; i++) field[i] = field[i].Real + noise * stream.NextNormal();
        Transform(field, forward: true);
        var scale = Math.Pow(SideR500, 2) / Math.Pow(Pixels, 4);
        return [.. bins.Select(bin => Math.Log(scale * Enumerable.Range(0, field.Length).Where(i => SquaredWavenumber(i) == bin).Average(i => field[i].MagnitudeSquared())))];
    }

    // Sum over pixels of field x exp(-2 pi i k x / side), and its inverse: along rows, then along columns.
    private static void Transform(Complex[] field, bool forward)
    {
        var line = new Complex[Pixels];
        foreach (var (next, first) in ((int, int)[])[(1, Pixels), (Pixels, 1)])
            for (var i = 0; i < Pixels; i++)
            {
                for (var j = 0; j < Pixels; j++) line[j] = field[i * first + j * next];
                if (forward) Fourier.Forward(line, FourierOptions.AsymmetricScaling);
                else Fourier.Inverse(line, FourierOptions.AsymmetricScaling);
                for (var j = 0; j < Pixels; j++) field[i * first + j * next] = line[j];
            }
    }

    // The mean of delta along a periodic depth has the modes k_z = 0 of the cube.
    private static double Turbulence(TurbulenceSpectrum spectrum, int squared) => spectrum.Power(Math.Sqrt(squared) / SideR500) / DepthR500;

    private static double Power(TurbulenceSpectrum spectrum, int squared) => Turbulence(spectrum, squared) + NoisePower;

    private static int SquaredWavenumber(int index)
    {
        static int Signed(int i) => i <= Pixels / 2 ? i : i - Pixels;
        var (x, y) = (Signed(index % Pixels), Signed(index / Pixels));
        return x * x + y * y;
    }

    private static int Modes(int bin) => Enumerable.Range(0, Pixels * Pixels).Count(i => SquaredWavenumber(i) == bin);

    /// <summary>ln p of the logarithms of band powers: power = mean x Gamma(shape) / shape, shape = half the number of modes, for a mode and its opposite are one; times a factor that should be 1.</summary>
    private sealed class GammaBandPowers(double factor) : ILikelihood
    {
        private readonly double[] shapes = [.. modes.Select(count => factor * count / 2.0)];

        public int ParameterCount => 3;

        public int DataCount => bins.Length;

        public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                var spectrum = TurbulenceSpectrum.From(new TurbulenceParameters(theta[3 * i], theta[3 * i + 1], theta[3 * i + 2]));
                logLikelihood[i] = 0;
                for (var bin = 0; bin < bins.Length; bin++)
                {
                    var scaled = shapes[bin] / Power(spectrum, bins[bin]);
                    logLikelihood[i] += shapes[bin] * (Math.Log(scaled) + x[bin]) - scaled * Math.Exp(x[bin]) - SpecialFunctions.GammaLn(shapes[bin]);
                }
            }
        }
    }
}
