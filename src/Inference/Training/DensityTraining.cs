using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The training of one density network: epochs of shuffled batches until the validation loss of the averaged weights no longer
/// falls; the best averaged weights stay. Pairs are read batch by batch, whatever their number.
/// </summary>
internal sealed class DensityTraining
{
    // Held-out pairs are read in blocks, so that their number does not decide the memory.
    private const int ValidationBlock = 4096;

    private readonly IDensityNetwork network;
    private readonly StandardizedPairs pairs;
    private readonly TrainingOptions options;
    private readonly RandomStream shuffling;
    private readonly Adam adam;
    private readonly WeightAverage average;
    private readonly float[] gradient, best, conditions, variables;
    private readonly double[] validationLogDensity;
    private readonly int[] order;
    private readonly int batch;
    private readonly List<double> trainingLoss = [], validationLoss = [];
    private double beginningLoss;
    private int bestEpoch;

    public DensityTraining(Seed seed, IDensityNetwork network, StandardizedPairs pairs, TrainingOptions options)
    {
        (this.network, this.pairs, this.options) = (network, pairs, options);
        shuffling = seed.Stream();
        adam = new Adam(network.Parameters.Length);
        average = new WeightAverage(network.Parameters, options.WeightAveraging);
        gradient = new float[network.Parameters.Length];
        best = [.. network.Parameters];
        order = [.. pairs.Training];
        batch = Math.Min(order.Length, options.BatchSizeFor(order.Length));
        var block = Math.Max(batch, Math.Min(ValidationBlock, pairs.Validation.Length));
        (conditions, variables) = (new float[block * pairs.Conditions.Width], new float[block * pairs.Variables.Width]);
        validationLogDensity = new double[pairs.Validation.Length];
    }

    private double BestLoss => bestEpoch > 0 ? validationLoss[bestEpoch - 1] : double.IsFinite(beginningLoss) ? beginningLoss : double.PositiveInfinity;

    /// <summary>Runs to the end, leaves the best weights in the network and tells the story.</summary>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <param name="checkpoint">Where the training goes on from and saves its state; null for neither.</param>
    public TrainingHistory Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation, NetworkCheckpoint? checkpoint = null)
    {
        beginningLoss = Validate();
        if (checkpoint?.Found is { } found && found.Best.Length == best.Length) GoOnFrom(found);
        for (var epoch = trainingLoss.Count + 1; epoch <= options.MaxEpochs && epoch - bestEpoch <= options.Patience; epoch++)
        {
            trainingLoss.Add(Epoch(epoch, cancellation));
            validationLoss.Add(average.With(network.Parameters, Validate));
            if (validationLoss[^1] < BestLoss)
            {
                bestEpoch = epoch;
                average.Values.CopyTo(best, 0);
            }
            progress?.Report(new TrainingProgress(epoch, trainingLoss[^1], validationLoss[^1], epoch - bestEpoch));
            checkpoint?.Passed(order.Length, State);
        }
        if (!double.IsFinite(BestLoss)) throw new TrainingFailedException($"the validation loss was not a finite number in any of {validationLoss.Count} epochs: look for outliers in theta and x");
        checkpoint?.Finish(State());
        best.CopyTo(network.Parameters, 0);
        return Tell();
    }

    private TrainingState State() =>
        new([.. network.Parameters], [.. adam.First], [.. adam.Second], [.. average.Values], [.. best], adam.Steps, [.. trainingLoss], [.. validationLoss], bestEpoch);

    // The order of the pairs comes from the seed: its shuffles are made again.
    private void GoOnFrom(TrainingState state)
    {
        for (var epoch = 0; epoch < state.Epochs; epoch++) shuffling.Shuffle(order.AsSpan());
        state.Weights.CopyTo(network.Parameters, 0);
        state.First.CopyTo(adam.First, 0);
        state.Second.CopyTo(adam.Second, 0);
        state.Average.CopyTo(average.Values, 0);
        state.Best.CopyTo(best, 0);
        adam.Steps = average.Steps = state.Steps;
        trainingLoss.AddRange(state.TrainingLoss);
        validationLoss.AddRange(state.ValidationLoss);
        bestEpoch = state.BestEpoch;
    }

    private double Epoch(int epoch, CancellationToken cancellation)
    {
        shuffling.Shuffle(order.AsSpan());
        var sum = 0.0;
        for (var start = 0; start < order.Length; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = order.AsSpan(start, Math.Min(batch, order.Length - start));
            pairs.Read(rows, conditions, variables);
            var loss = network.Gradient(conditions, variables, rows.Length, gradient);
            if (!double.IsFinite(loss))
                throw new TrainingFailedException($"the training loss became {loss} in epoch {epoch}: look for outliers in theta and x, or lower the learning rate ({options.LearningRate})");
            sum += rows.Length * loss;
            adam.Step(network.Parameters, gradient, options.LearningRate, options.WeightDecay, options.MaxGradientNorm);
            average.Add(network.Parameters);
        }
        return sum / order.Length;
    }

    private double Validate()
    {
        for (var start = 0; start < validationLogDensity.Length; start += ValidationBlock)
        {
            var rows = pairs.Validation.AsSpan(start, Math.Min(ValidationBlock, validationLogDensity.Length - start));
            pairs.Read(rows, conditions, variables);
            network.LogDensity(conditions, variables, rows.Length, validationLogDensity.AsSpan(start, rows.Length));
        }
        return -validationLogDensity.Average();
    }

    private TrainingHistory Tell()
    {
        var mean = -Validate();
        return new TrainingHistory([.. trainingLoss], [.. validationLoss], bestEpoch, mean - pairs.Scales.LogScaleSum, StandardError(mean), order.Length, validationLogDensity.Length);
    }

    // Groups are independent, rows within one are not: the variance of the mean is that of the sum over groups of their summed deviations.
    private double StandardError(double mean)
    {
        var (sum, ofGroup) = (0.0, 0.0);
        for (var i = 0; i < validationLogDensity.Length; i++)
        {
            ofGroup += validationLogDensity[i] - mean;
            if (i + 1 < validationLogDensity.Length && pairs.ValidationGroups[i + 1] == pairs.ValidationGroups[i]) continue;
            sum += ofGroup * ofGroup;
            ofGroup = 0;
        }
        return Math.Sqrt(sum) / validationLogDensity.Length;
    }
}
