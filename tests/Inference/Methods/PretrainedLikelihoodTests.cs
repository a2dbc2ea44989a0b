using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

public class PretrainedLikelihoodTests(ITestOutputHelper output)
{
    private static readonly EnsembleOptions options = new() { Networks = 2 };

    private static readonly Lazy<PretrainedLikelihood> pretrained = new(() => PretrainedLikelihood.Train(
        new Seed(1), [.. new[] { 0, 2, 4, 6 }.Select(number => new ObjectsOfOneLaw(number).Pairs(new Seed(2).Derive(number), 1000, grouped: true))], options));

    /// <summary>How much log likelihood is lost to an object's truth, in nats a datum, with 400 pairs: measured 0.80 from nothing, 0.60 from the networks of four other objects.</summary>
    [Fact]
    public void Few_pairs_teach_more_where_other_problems_have_taught_before()
    {
        var (fromNothing, pretrainedLoss) = (0.0, 0.0);
        for (var number = 1; number < 6; number += 2)
        {
            var one = new ObjectsOfOneLaw(number);
            var pairs = one.Pairs(new Seed(3).Derive(number), 400, grouped: true);
            fromNothing += Loss(one, NeuralLikelihood.Train(new Seed(4).Derive(number), pairs, options, cancellation: TestContext.Current.CancellationToken));
            pretrainedLoss += Loss(one, NeuralLikelihood.Train(new Seed(4).Derive(number), pairs, options, pretrained.Value, cancellation: TestContext.Current.CancellationToken));
        }
        output.WriteLine($"from nothing {fromNothing / 3:0.000}, pretrained {pretrainedLoss / 3:0.000}");
        Assert.InRange(pretrainedLoss / 3, 0, 0.7);
        Assert.True(fromNothing > 1.2 * pretrainedLoss, $"from nothing {fromNothing / 3}, pretrained {pretrainedLoss / 3}");
    }

    [Fact]
    public void A_likelihood_is_one_of_its_own_data_wherever_it_began()
    {
        // The same law with data in other units: scales come from the pairs, not from where training begins.
        var pairs = new ObjectsOfOneLaw(6).Pairs(new Seed(5), 400, grouped: true);
        float[] theta = new float[400 * 3], x = new float[400 * 8];
        pairs.Read([.. Enumerable.Range(0, 400)], theta, x);
        var scaled = new InMemoryPairs(theta, Array.ConvertAll(x, value => 1000 * value + 5), 3, 8, [.. Enumerable.Range(0, 400).Select(pairs.Group)]);
        var plain = NeuralLikelihood.Train(new Seed(6), pairs, options, pretrained.Value, cancellation: TestContext.Current.CancellationToken);
        var other = NeuralLikelihood.Train(new Seed(6), scaled, options, pretrained.Value, cancellation: TestContext.Current.CancellationToken);
        double[] at = [0.1, 0.2, -0.3], datum = [.. Enumerable.Range(0, 8).Select(i => 0.1 * i)], here = new double[1], there = new double[1];
        plain.Evaluate(datum, at, here);
        other.Evaluate([.. datum.Select(value => 1000 * value + 5)], at, there);
        Assert.Equal(here[0] - 8 * Math.Log(1000), there[0], 0.02);
    }

    [Fact]
    public void The_same_seed_pairs_and_start_give_the_same_bytes_through_a_file_and_over_an_interruption()
    {
        var pairs = new ObjectsOfOneLaw(7).Pairs(new Seed(5), 200, grouped: true);
        using var file = new MemoryStream();
        pretrained.Value.Save(file);
        file.Position = 0;
        var loaded = PretrainedLikelihood.Load(file);
        var short_ = options with { Training = new TrainingOptions { MaxEpochs = 30 } };
        var whole = Bytes(NeuralLikelihood.Train(new Seed(6), pairs, short_, pretrained.Value, cancellation: TestContext.Current.CancellationToken));
        var place = new MemoryCheckpoint();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => NeuralLikelihood.Train(new Seed(6), pairs, short_ with { Checkpoint = place }, loaded, new StopAt(stop, 12), stop.Token));
        Assert.NotNull(place.Saved);
        var resumed = Bytes(NeuralLikelihood.Train(new Seed(6), pairs, short_ with { Checkpoint = place }, loaded, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(whole, resumed);
        // What was saved on the way from one start is nothing on the way from another.
        var fromNothing = Bytes(NeuralLikelihood.Train(new Seed(6), pairs, short_, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(fromNothing, Bytes(NeuralLikelihood.Train(new Seed(6), pairs, short_ with { Checkpoint = place }, cancellation: TestContext.Current.CancellationToken)));
        Assert.NotEqual(whole, fromNothing);
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        var pairs = new ObjectsOfOneLaw(7).Pairs(new Seed(5), 200, grouped: true);
        var narrow = new InMemoryPairs(new float[60], new float[40], 3, 2);
        Assert.Contains("3 parameters and 2 data, networks to begin with of 3 and 8", Told(() => NeuralLikelihood.Train(new Seed(1), narrow, options, pretrained.Value)), StringComparison.Ordinal);
        Assert.Contains("3 networks, 2 to begin with", Told(() => NeuralLikelihood.Train(new Seed(1), pairs, options with { Networks = 3 }, pretrained.Value)), StringComparison.Ordinal);
        Assert.Contains("architecture", Told(() => NeuralLikelihood.Train(new Seed(1), pairs, options with { Architecture = options.Architecture with { HiddenUnits = 9 } }, pretrained.Value)), StringComparison.Ordinal);
        Assert.Contains("no problem", Told(() => PretrainedLikelihood.Train(new Seed(1), [])), StringComparison.Ordinal);
        Assert.Contains("a problem of 3 parameters and 2 data among those of 3 and 8", Told(() => PretrainedLikelihood.Train(new Seed(1), [pairs, narrow])), StringComparison.Ordinal);
        using var file = new MemoryStream();
        pretrained.Value.Save(file);
        file.Position = 0;
        Assert.Contains("'nle-pretrained', expected 'nle'", Assert.Throws<ModelFileException>(() => NeuralLikelihood.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pooled_pairs_are_standardised_within_their_problem_and_keep_their_groups_apart()
    {
        InMemoryPairs first = new ObjectsOfOneLaw(1).Pairs(new Seed(1), 400, grouped: true), second = new ObjectsOfOneLaw(2).Pairs(new Seed(2), 200, grouped: true);
        var pooled = new PooledPairs([first, second]);
        Assert.Equal(600, pooled.Count);
        float[] theta = new float[600 * 3], x = new float[600 * 8], own = new float[200 * 3];
        pooled.Read([.. Enumerable.Range(0, 600)], theta, x);
        second.Read([.. Enumerable.Range(0, 200)], own, new float[200 * 8]);
        Assert.Equal(own, theta[1200..]);
        foreach (var (from, count) in new[] { (0, 400), (400, 200) })
        {
            var column = Enumerable.Range(from, count).Select(row => (double)x[row * 8 + 3]).ToArray();
            Assert.Equal(0, column.Average(), 0.1);
            Assert.Equal(1, Math.Sqrt(column.Average(value => value * value)), 0.1);
        }
        Assert.Equal(100, Enumerable.Range(0, 400).Select(pooled.Group).Distinct().Count());
        Assert.Equal(150, Enumerable.Range(0, 600).Select(pooled.Group).Distinct().Count());
    }

    private static string Told(Action training) => Assert.ThrowsAny<ArgumentException>(training).Message;

    private static byte[] Bytes(NeuralLikelihood model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    // The mean of log p - log q over pairs of the object, an estimate of the divergence.
    private static double Loss(ObjectsOfOneLaw one, NeuralLikelihood model)
    {
        const int count = 1000;
        var pairs = one.Pairs(new Seed(9), count, grouped: true);
        float[] theta = new float[count * 3], x = new float[count * 8];
        pairs.Read([.. Enumerable.Range(0, count)], theta, x);
        double[] at = Array.ConvertAll(theta, value => (double)value), data = Array.ConvertAll(x, value => (double)value), learnt = new double[count];
        model.LogProb(at, data, learnt);
        // The law leaves out the constant of the normal density.
        return Enumerable.Range(0, count).Average(i => one.LogLikelihood(at.AsSpan(3 * i, 3), data[(8 * i)..(8 * i + 8)]) - 4 * Math.Log(2 * Math.PI) - learnt[i]);
    }

    private sealed class StopAt(CancellationTokenSource stop, int epoch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Network == 2 && value.Epoch == epoch) stop.Cancel();
        }
    }

    private sealed class MemoryCheckpoint : ITrainingCheckpoint
    {
        public byte[]? Saved { get; private set; }

        public long PairsBetweenSaves => 500;

        public Stream? Open() => Saved is null ? null : new MemoryStream(Saved);

        public void Save(Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            Saved = stream.ToArray();
        }
    }
}
