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

    /// <summary>What the standardisation is measured on is the most that is asked for at once, whatever there is.</summary>
    [Theory]
    [InlineData(60_000)]
    [InlineData(240_000)]
    public void A_training_never_asks_for_many_pairs_at_once(int count)
    {
        var pairs = new PairsOnDemand(count);
        NeuralLikelihood.Train(new Seed(1), pairs, Options, null, TestContext.Current.CancellationToken);
        Assert.Equal(50_000, pairs.LargestRead);
    }

    /// <summary>Pairs that exist only while they are read; it counts how many are asked for at once.</summary>
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
