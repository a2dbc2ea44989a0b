using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public sealed class EnsembleCheckpointTests
{
    private static readonly LinearGaussian Problem = new();

    private static readonly EnsembleOptions Options = new()
    {
        Architecture = new FlowArchitecture { Transforms = 2, HiddenUnits = 8 }, Training = new TrainingOptions { Patience = 12, MaxEpochs = 12 }, Networks = 3,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(30)]
    public void An_interrupted_training_ends_with_the_bits_of_an_undisturbed_one(int epochs)
    {
        var undisturbed = Train(1, Options, out var all);
        var place = new Memory();
        Assert.Null(Train(1, Options with { Checkpoint = place }, out var before, cancelAfter: epochs));
        var resumed = Train(1, Options with { Checkpoint = place }, out var after);
        Assert.Equal(undisturbed, resumed);
        // No epoch was run twice.
        Assert.Equal(all, before.Concat(after));
    }

    [Fact]
    public void A_posterior_goes_on_as_well()
    {
        var place = new Memory();
        Assert.Null(Train(1, Options with { Checkpoint = place }, out _, cancelAfter: 9, posterior: true));
        Assert.Equal(Train(1, Options, out _, posterior: true), Train(1, Options with { Checkpoint = place }, out var after, posterior: true));
        Assert.True(after.Count < 36);
    }

    [Fact]
    public void The_state_of_another_training_or_a_damaged_one_is_not_used()
    {
        var place = new Memory();
        Train(1, Options with { Checkpoint = place }, out _, cancelAfter: 10);
        var kept = place.Content!;
        Assert.False(Begins(1, Options));
        Assert.True(Begins(2, Options));
        Assert.True(Begins(1, Options with { Training = Options.Training with { LearningRate = 1e-3 } }));
        Assert.True(Begins(1, Options with { Architecture = Options.Architecture with { HiddenUnits = 9 } }));
        Assert.True(Begins(1, Options, pairs: 399));
        Assert.False(Begins(1, Options with { Networks = 4 }));
        foreach (var at in (int[])[0, 20, kept.Length / 2, kept.Length - 1])
        {
            byte[] damaged = [.. kept];
            damaged[at] ^= 1;
            Assert.True(Begins(1, Options, content: damaged));
        }
        foreach (var length in (int[])[0, 7, 60, kept.Length - 1]) Assert.True(Begins(1, Options, content: kept[..length]));

        bool Begins(ulong seed, EnsembleOptions options, int pairs = 400, byte[]? content = null)
        {
            var copy = new Memory { Content = content ?? kept };
            var model = Train(seed, options with { Checkpoint = copy }, out var heard, pairs: pairs);
            Assert.Equal(Train(seed, options, out _, pairs: pairs), model);
            return heard[0] is { Network: 1, Epoch: 1 };
        }
    }

    [Fact]
    public void States_are_saved_as_often_as_the_pairs_passed_ask_for()
    {
        var place = new Memory { PairsBetweenSaves = 1500 };
        Train(1, Options with { Checkpoint = place }, out var heard);
        // 360 pairs an epoch: every fifth.
        Assert.Equal(heard.Count / 5, place.Saves);
    }

    private static byte[]? Train(ulong seed, EnsembleOptions options, out List<TrainingProgress> heard, int? cancelAfter = null, bool posterior = false, int pairs = 400)
    {
        using var source = new CancellationTokenSource();
        var told = heard = [];
        var listener = new Listener(value =>
        {
            told.Add(value);
            if (told.Count == cancelAfter) source.Cancel();
        });
        using var file = new MemoryStream();
        try
        {
            if (posterior) NeuralPosterior.Train(new Seed(seed), Problem.Pairs(new Seed(2), pairs), null, options, listener, source.Token).Save(file);
            else NeuralLikelihood.Train(new Seed(seed), Problem.Pairs(new Seed(2), pairs), options, listener, source.Token).Save(file);
            return file.ToArray();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private sealed class Listener(Action<TrainingProgress> hear) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => hear(value);
    }

    private sealed class Memory : ITrainingCheckpoint
    {
        public byte[]? Content { get; set; }

        public int Saves { get; private set; }

        public long PairsBetweenSaves { get; init; } = 1;

        public Stream? Open() => Content is null ? null : new MemoryStream(Content);

        public void Save(Action<Stream> write)
        {
            using var stream = new MemoryStream();
            write(stream);
            Content = stream.ToArray();
            Saves++;
        }
    }
}
