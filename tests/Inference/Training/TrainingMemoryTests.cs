using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public sealed class TrainingMemoryTests
{
    private const int Parameters = 3, Data = 20;

    private static readonly EnsembleOptions Options = new()
    {
        Architecture = new FlowArchitecture { Transforms = 1, HiddenUnits = 4, HiddenLayers = 1 },
        Training = new TrainingOptions { MaxEpochs = 2, BatchSize = 1000 }, Networks = 1,
    };

    [Fact]
    public void A_training_holds_a_few_bytes_of_every_pair_and_never_many_pairs_at_once()
    {
        var (small, large) = (Train(60_000), Train(240_000));
        // What the standardisation is measured on is the most that is asked for at once, whatever there is.
        Assert.Equal(50_000, small.LargestRead);
        Assert.Equal(50_000, large.LargestRead);
        // All that is ever allocated grows by row numbers and one density a held-out pair; the pair itself would take 92 bytes.
        Assert.InRange((large.Allocated - small.Allocated) / 180_000.0, 4, 30);
    }

    private static (int LargestRead, long Allocated) Train(int count)
    {
        var pairs = new PairsOnDemand(count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        NeuralLikelihood.Train(new Seed(1), pairs, Options, null, TestContext.Current.CancellationToken);
        return (pairs.LargestRead, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Pairs that exist only while they are read; it counts how many are held at once.</summary>
    private sealed class PairsOnDemand(int count) : ISimulationPairs
    {
        public int Count => count;

        public int ParameterCount => Parameters;

        public int DataCount => Data;

        public int LargestRead { get; private set; }

        public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
        {
            LargestRead = Math.Max(LargestRead, rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < Parameters; j++) theta[i * Parameters + j] = Number(rows[i], j);
                for (var j = 0; j < Data; j++) x[i * Data + j] = Number(rows[i], Parameters + j);
            }
        }

        private static float Number(int row, int column) => (uint)(row * 2654435761L + column * 40503L) / (float)uint.MaxValue;
    }
}
