using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

/// <summary>
/// A survey in small whose likelihood is known: objects that share theta = (amplitude, location, shape) in [-1, 1]^3, each with
/// eight data of its own curved mean and an error that grows with the amplitude. As in the simulations of a cluster, four pairs
/// share location, shape and most of the error, and differ in amplitude.
/// </summary>
internal sealed class ObjectsOfOneLaw(int number)
{
    public const int Parameters = 3, Data = 8, PerGroup = 4;
    private const double Shared = 0.9;

    private readonly double phase = 0.35 * number;

    public InMemoryPairs Pairs(Seed seed, int count, bool grouped)
    {
        var random = seed.Stream();
        float[] theta = new float[count * Parameters], x = new float[count * Data];
        double[] common = new double[Data], own = new double[Data], here = new double[Parameters];
        for (var row = 0; row < count; row++)
        {
            if (row % PerGroup == 0)
            {
                random.FillNormal(common);
                for (var j = 1; j < Parameters; j++) here[j] = random.NextUniform(-1, 1);
            }
            here[0] = random.NextUniform(-1, 1);
            random.FillNormal(own);
            for (var i = 0; i < Data; i++) x[row * Data + i] = (float)(Mean(here, i) + Error(here) * (Math.Sqrt(Shared) * common[i] + Math.Sqrt(1 - Shared) * own[i]));
            for (var j = 0; j < Parameters; j++) theta[row * Parameters + j] = (float)here[j];
        }
        return new InMemoryPairs(theta, x, Parameters, Data, grouped ? [.. Enumerable.Range(0, count).Select(row => row / PerGroup)] : null);
    }

    public double[] Observe(RandomStream random, double[] theta) => [.. Enumerable.Range(0, Data).Select(i => Mean(theta, i) + Error(theta) * random.NextNormal())];

    public double LogLikelihood(ReadOnlySpan<double> theta, double[] x)
    {
        var (error, sum) = (Error(theta), 0.0);
        for (var i = 0; i < Data; i++)
        {
            var z = (x[i] - Mean(theta, i)) / error;
            sum -= 0.5 * z * z;
        }
        return sum - Data * Math.Log(error);
    }

    private static double Error(ReadOnlySpan<double> theta) => 0.5 * Math.Exp(0.3 * theta[0]);

    private double Mean(ReadOnlySpan<double> theta, int i)
    {
        var scale = (i - 3.5) / 3.5;
        return theta[0] + 0.6 * Math.Sin(1.5 * (scale + theta[1]) + phase) + 0.5 * theta[2] * scale;
    }
}
