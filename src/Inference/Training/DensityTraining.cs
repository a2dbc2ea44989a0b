using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The training of one density network: epochs of shuffled batches until the validation loss of the averaged weights no longer
/// falls; the best averaged weights stay.
/// </summary>
internal sealed class DensityTraining
{
    private readonly IDensityNetwork network;
    private readonly StandardizedPairs pairs;
    private readonly TrainingOptions options;
    private readonly RandomStream shuffling;
    private readonly Adam adam;
    private readonly WeightAverage average;
    private readonly float[] gradient, best, conditions, variables, validationConditions, validationVariables;
    private readonly double[] validationLogDensity;
    private readonly int[] order;
    private readonly int batch;

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
        (conditions, variables) = (new float[batch * pairs.Conditions.Width], new float[batch * pairs.Variables.Width]);
        var held = pairs.Validation.Length;
        (validationConditions, validationVariables, validationLogDensity) = (new float[held * pairs.Conditions.Width], new float[held * pairs.Variables.Width], new double[held]);
        pairs.Read(pairs.Validation, validationConditions, validationVariables);
    }

    /// <summary>Runs to the end, leaves the best weights in the network and tells the story.</summary>
    public TrainingHistory Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        List<double> trainingLoss = [], validationLoss = [];
        var (bestLoss, bestEpoch) = (Validate() is var first && double.IsFinite(first) ? first : double.PositiveInfinity, 0);
        for (var epoch = 1; epoch <= options.MaxEpochs && epoch - bestEpoch <= options.Patience; epoch++)
        {
            trainingLoss.Add(Epoch(epoch, cancellation));
            validationLoss.Add(average.With(network.Parameters, Validate));
            if (validationLoss[^1] < bestLoss)
            {
                (bestLoss, bestEpoch) = (validationLoss[^1], epoch);
                average.Values.CopyTo(best, 0);
            }
            progress?.Report(new TrainingProgress(epoch, trainingLoss[^1], validationLoss[^1], epoch - bestEpoch));
        }
        if (!double.IsFinite(bestLoss)) throw new TrainingFailedException($"the validation loss was not a finite number in any of {validationLoss.Count} epochs: look for outliers in theta and x");
        best.CopyTo(network.Parameters, 0);
        return Tell([.. trainingLoss], [.. validationLoss], bestEpoch);
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
        network.LogDensity(validationConditions, validationVariables, validationLogDensity.Length, validationLogDensity);
        return -validationLogDensity.Average();
    }

    private TrainingHistory Tell(double[] trainingLoss, double[] validationLoss, int bestEpoch)
    {
        var mean = -Validate();
        return new TrainingHistory(trainingLoss, validationLoss, bestEpoch, mean - pairs.Scales.LogScaleSum, StandardError(mean), order.Length, validationLogDensity.Length);
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
