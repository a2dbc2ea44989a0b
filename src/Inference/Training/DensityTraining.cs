using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The training of one density network: epochs of shuffled batches until the validation loss no longer falls; the best weights stay.
/// </summary>
internal sealed class DensityTraining
{
    private readonly IDensityNetwork network;
    private readonly StandardizedPairs pairs;
    private readonly TrainingOptions options;
    private readonly RandomStream shuffling;
    private readonly Adam adam;
    private readonly float[] gradient, best, average, live;
    private readonly float[] theta, x, validationTheta, validationX;
    private readonly double[] logDensity;
    private readonly int[] order;
    private readonly int batch;
    private double rate;
    private int steps;

    public DensityTraining(Seed seed, IDensityNetwork network, StandardizedPairs pairs, TrainingOptions options)
    {
        (this.network, this.pairs, this.options) = (network, pairs, options);
        shuffling = seed.Derive("shuffle").Stream();
        adam = new Adam(network.Parameters.Length);
        gradient = new float[network.Parameters.Length];
        (best, average, live) = ([.. network.Parameters], [.. network.Parameters], [.. network.Parameters]);
        order = [.. pairs.Training];
        batch = Math.Min(order.Length, options.BatchSize ?? Math.Clamp(order.Length / 20, 50, 200));
        rate = options.LearningRate;
        (theta, x) = (new float[batch * pairs.Theta.Width], new float[batch * pairs.X.Width]);
        var held = pairs.Validation.Length;
        (validationTheta, validationX, logDensity) = (new float[held * pairs.Theta.Width], new float[held * pairs.X.Width], new double[held]);
        pairs.Read(pairs.Validation, validationTheta, validationX);
    }

    public double AverageDecay { get; init; } = 0.99;
    public int DecayPatience { get; init; } = 1000;
    public double DecayFactor { get; init; } = 0.5;
    public int CosineEpochs { get; init; }

    /// <summary>Runs to the end, leaves the best weights in the network and tells the story.</summary>
    public TrainingHistory Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        List<double> trainingLoss = [], validationLoss = [];
        var bestLoss = double.PositiveInfinity;
        var bestEpoch = 0;
        var lastDecay = 0;
        for (var epoch = 1; epoch <= options.MaxEpochs && epoch - bestEpoch <= options.Patience; epoch++)
        {
            if (CosineEpochs > 0) rate = options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (epoch - 1.0) / CosineEpochs)));
            trainingLoss.Add(Epoch(cancellation));
            var loss = Validate();
            validationLoss.Add(loss);
            if (loss < bestLoss)
            {
                (bestLoss, bestEpoch) = (loss, epoch);
                network.Parameters.CopyTo(best, 0);
            }
            live.CopyTo(network.Parameters, 0);
            if (epoch - Math.Max(bestEpoch, lastDecay) >= DecayPatience)
            {
                rate *= DecayFactor;
                lastDecay = epoch;
            }
            progress?.Report(new TrainingProgress(epoch, trainingLoss[^1], loss, epoch - bestEpoch));
            if (CosineEpochs > 0 && epoch >= CosineEpochs) break;
        }
        best.CopyTo(network.Parameters, 0);
        Validate(average: false);
        var mean = logDensity.Average();
        var error = Math.Sqrt(logDensity.Average(l => (l - mean) * (l - mean)) / logDensity.Length);
        return new TrainingHistory([.. trainingLoss], [.. validationLoss], bestEpoch, mean - pairs.X.LogScaleSum, error, order.Length, logDensity.Length);
    }

    private double Epoch(CancellationToken cancellation)
    {
        shuffling.Shuffle(order.AsSpan());
        var sum = 0.0;
        for (var start = 0; start < order.Length; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = order.AsSpan(start, Math.Min(batch, order.Length - start));
            pairs.Read(rows, theta, x);
            sum += rows.Length * network.Gradient(theta, x, rows.Length, gradient);
            adam.Step(network.Parameters, gradient, rate, options.WeightDecay, options.MaxGradientNorm);
            Average();
        }
        return sum / order.Length;
    }

    private void Average()
    {
        steps++;
        var keep = (float)Math.Min(AverageDecay, steps / (steps + 10.0));
        var parameters = network.Parameters;
        for (var i = 0; i < average.Length; i++) average[i] += (1 - keep) * (parameters[i] - average[i]);
    }

    private double Validate(bool average = true)
    {
        if (average)
        {
            network.Parameters.CopyTo(live, 0);
            this.average.CopyTo(network.Parameters, 0);
        }
        network.LogDensity(validationTheta, validationX, logDensity.Length, logDensity);
        return -logDensity.Average();
    }
}
