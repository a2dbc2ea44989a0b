using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

/// <summary>x = A theta + L e with fixed A and lower-triangular L, theta uniform in [-2, 2], e normal: the likelihood is known.</summary>
internal sealed class LinearGaussian
{
    public const int Parameters = 2, Data = 4;

    private readonly double[,] a = new double[Data, Parameters], l = new double[Data, Data];

    public LinearGaussian()
    {
        var random = new Seed(2024).Stream();
        for (var i = 0; i < Data; i++)
        {
            for (var j = 0; j < Parameters; j++) a[i, j] = random.NextNormal();
            for (var j = 0; j < i; j++) l[i, j] = 0.3 * random.NextNormal();
            l[i, i] = 0.5;
        }
    }

    public (float[] Theta, float[] X) Simulate(Seed seed, int count)
    {
        var random = seed.Stream();
        float[] theta = new float[count * Parameters], x = new float[count * Data];
        for (var row = 0; row < count; row++)
        {
            for (var j = 0; j < Parameters; j++) theta[row * Parameters + j] = (float)random.NextUniform(-2, 2);
            var mean = Mean(theta.AsSpan(row * Parameters, Parameters));
            var noise = new double[Data];
            random.FillNormal(noise);
            for (var i = 0; i < Data; i++)
            {
                for (var j = 0; j <= i; j++) mean[i] += l[i, j] * noise[j];
                x[row * Data + i] = (float)mean[i];
            }
        }
        return (theta, x);
    }

    public void Simulate(Seed seed, ReadOnlySpan<double> theta, Span<double> x)
    {
        var mean = Mean([(float)theta[0], (float)theta[1]]);
        var noise = new double[Data];
        seed.Stream().FillNormal(noise);
        for (var i = 0; i < Data; i++)
        {
            x[i] = mean[i];
            for (var j = 0; j <= i; j++) x[i] += l[i, j] * noise[j];
        }
    }

    public InMemoryPairs Pairs(Seed seed, int count)
    {
        var (theta, x) = Simulate(seed, count);
        return new InMemoryPairs(theta, x, Parameters, Data);
    }

    public double[] Mean(ReadOnlySpan<float> theta)
    {
        var mean = new double[Data];
        for (var i = 0; i < Data; i++) for (var j = 0; j < Parameters; j++) mean[i] += a[i, j] * theta[j];
        return mean;
    }

    public double Covariance(int i, int j) => Enumerable.Range(0, Data).Sum(k => l[i, k] * l[j, k]);

    public double LogLikelihood(ReadOnlySpan<float> theta, ReadOnlySpan<float> x)
    {
        var rest = Mean(theta);
        var sum = 0.0;
        for (var i = 0; i < Data; i++)
        {
            var e = x[i] - rest[i];
            for (var j = 0; j < i; j++) e -= l[i, j] * rest[j];
            rest[i] = e / l[i, i];
            sum -= 0.5 * rest[i] * rest[i] + 0.5 * Math.Log(2 * Math.PI) + Math.Log(l[i, i]);
        }
        return sum;
    }
}
