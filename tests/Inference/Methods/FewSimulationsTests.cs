using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

/// <summary>
/// The product of twelve likelihoods, each learnt from 1000 pairs in 250 groups, over pseudo-surveys of which the truth is known.
/// A pull is (posterior mean - truth) / posterior deviation; its root mean square is 1 for the exact likelihood.
/// </summary>
public class FewSimulationsTests(ITestOutputHelper output)
{
    private const int Objects = 12, Surveys = 60, Nodes = 17;

    private static readonly double[] Grid = MakeGrid();

    [Fact]
    public void The_exact_likelihood_is_calibrated() => Assert.InRange(PullRms("exact", Exact), 0.85, 1.15);

    // Measured: 0.90.
    [Fact]
    public void A_product_of_likelihoods_learnt_by_default_is_calibrated() =>
        Assert.InRange(PullRms("default", Learnt(grouped: true, new EnsembleOptions { Networks = 2 })), 0.7, 1.2);

    // Measured: 1.68.
    [Fact]
    public void One_network_without_decay_whose_validation_rows_leak_is_overconfident() =>
        Assert.True(PullRms("leaked", Learnt(grouped: false, new EnsembleOptions { Networks = 1, Training = new TrainingOptions { WeightDecay = 0 } })) > 1.4);

    private static double[] Exact(ObjectsOfOneLaw one, double[] x)
    {
        var l = new double[Grid.Length / 3];
        for (var i = 0; i < l.Length; i++) l[i] = one.LogLikelihood(Grid.AsSpan(3 * i, 3), x);
        return l;
    }

    private static Func<ObjectsOfOneLaw, double[], double[]> Learnt(bool grouped, EnsembleOptions options)
    {
        var models = new Dictionary<ObjectsOfOneLaw, NeuralLikelihood>();
        return (one, x) =>
        {
            if (!models.TryGetValue(one, out var model))
                models[one] = model = NeuralLikelihood.Train(new Seed(6).Derive(models.Count), one.Pairs(new Seed(7).Derive(models.Count), 1000, grouped), options, cancellation: TestContext.Current.CancellationToken);
            var l = new double[Grid.Length / 3];
            model.Evaluate(x, Grid, l);
            return l;
        };
    }

    private double PullRms(string name, Func<ObjectsOfOneLaw, double[], double[]> logLikelihood)
    {
        ObjectsOfOneLaw[] objects = [.. Enumerable.Range(0, Objects).Select(number => new ObjectsOfOneLaw(number))];
        var random = new Seed(8).Stream();
        var (squares, sums) = (new double[3], new double[3]);
        for (var survey = 0; survey < Surveys; survey++)
        {
            double[] truth = [random.NextUniform(-0.3, 0.3), random.NextUniform(-0.3, 0.3), random.NextUniform(-0.3, 0.3)];
            var sum = new double[Grid.Length / 3];
            foreach (var one in objects)
            {
                var l = logLikelihood(one, one.Observe(random, truth));
                for (var i = 0; i < l.Length; i++) sum[i] += l[i];
            }
            for (var j = 0; j < 3; j++)
            {
                var pull = Pull(sum, j, truth[j]);
                sums[j] += pull / Surveys;
                squares[j] += pull * pull / Surveys;
            }
        }
        output.WriteLine($"{name}: rms {string.Join(", ", squares.Select(s => $"{Math.Sqrt(s):F2}"))}; mean {string.Join(", ", sums.Select(s => $"{s:F2}"))}");
        return Math.Sqrt(squares.Average());
    }

    private static double Pull(double[] logLikelihood, int parameter, double truth)
    {
        var largest = logLikelihood.Max();
        var (mass, mean, square) = (0.0, 0.0, 0.0);
        for (var i = 0; i < logLikelihood.Length; i++)
        {
            var (weight, value) = (Math.Exp(logLikelihood[i] - largest), Grid[3 * i + parameter]);
            (mass, mean, square) = (mass + weight, mean + weight * value, square + weight * value * value);
        }
        mean /= mass;
        return (mean - truth) / Math.Sqrt(square / mass - mean * mean);
    }

    private static double[] MakeGrid()
    {
        var grid = new List<double>();
        for (var i = 0; i < Nodes; i++)
            for (var j = 0; j < Nodes; j++)
                for (var k = 0; k < Nodes; k++) grid.AddRange([Node(i), Node(j), Node(k)]);
        return [.. grid];

        static double Node(int i) => -0.8 + 1.6 * i / (Nodes - 1);
    }
}
