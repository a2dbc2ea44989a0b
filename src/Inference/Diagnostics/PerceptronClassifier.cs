using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// A perceptron with two hidden layers of rectified units and one logistic output, trained by Adam on the cross entropy
/// with a small L2 penalty until the training loss stalls: the settings of scikit-learn's MLPClassifier, which the
/// published C2ST values rest on.
/// </summary>
internal sealed class PerceptronClassifier
{
    private const int LargestBatch = 200, MostEpochs = 10_000, Patience = 10;
    private const double Tolerance = 1e-4, Penalty = 1e-4;

    private readonly DenseLayer[] layers;
    private readonly int inputs;
    private int adamSteps;

    /// <summary>Weights and biases uniform within sqrt(6 / (inputs + outputs)) of a layer (Glorot and Bengio 2010).</summary>
    public PerceptronClassifier(Seed seed, int inputs, int hidden)
    {
        this.inputs = inputs;
        var stream = seed.Stream();
        layers = [new(inputs, hidden, LargestBatch, stream), new(hidden, hidden, LargestBatch, stream), new(hidden, 1, LargestBatch, stream)];
    }

    public void Train(Seed seed, float[] rows, int[] train, Func<int, bool> positive, CancellationToken cancellation, int mostEpochs = MostEpochs)
    {
        var stream = seed.Stream();
        var size = Math.Min(LargestBatch, train.Length);
        var lowest = double.PositiveInfinity;
        for (int epoch = 0, stalled = 0; epoch < mostEpochs && stalled <= Patience; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Shuffle(train.AsSpan());
            var loss = 0.0;
            for (var first = 0; first < train.Length; first += size)
            {
                var batch = train.AsSpan(first, Math.Min(size, train.Length - first));
                loss += TrainBatch(rows, batch, positive);
            }
            loss /= train.Length;
            stalled = loss > lowest - Tolerance ? stalled + 1 : 0;
            lowest = Math.Min(lowest, loss);
        }
    }

    /// <summary>The number of rows that are put on their right side.</summary>
    public int CountRight(float[] rows, ReadOnlySpan<int> test, Func<int, bool> positive)
    {
        var right = 0;
        var logits = Logits(rows, test);
        for (var i = 0; i < logits.Length; i++) if (logits[i] > 0 == positive(test[i])) right++;
        return right;
    }

    /// <summary>The logarithm of the odds of being positive, row by row.</summary>
    public float[] Logits(float[] rows, ReadOnlySpan<int> asked)
    {
        var logits = new float[asked.Length];
        for (var first = 0; first < asked.Length; first += LargestBatch)
        {
            var batch = asked.Slice(first, Math.Min(LargestBatch, asked.Length - first));
            Gather(rows, batch);
            Forward(batch.Length);
            layers[^1].Output[..batch.Length].CopyTo(logits.AsSpan(first));
        }
        return logits;
    }

    /// <summary>One step of Adam; returns the loss of the batch times its size.</summary>
    private double TrainBatch(float[] rows, ReadOnlySpan<int> batch, Func<int, bool> positive)
    {
        Gather(rows, batch);
        Forward(batch.Length);
        var squares = 0.0;
        foreach (var layer in layers) squares += layer.SumOfSquares();
        var loss = 0.5 * Penalty * squares;
        var output = layers[^1].Output;
        var error = layers[^1].OutputError;
        error.Clear();
        for (var b = 0; b < batch.Length; b++)
        {
            var label = positive(batch[b]) ? 1.0 : 0.0;
            var logit = output[b];
            // -ln of the logistic of the right sign, in the form that does not overflow.
            loss += Math.Max(logit, 0) - logit * label + Math.Log(1 + Math.Exp(-Math.Abs(logit)));
            error[b] = (float)(1 / (1 + Math.Exp(-logit)) - label);
        }
        Backward(batch.Length);
        return loss;
    }

    private void Gather(float[] rows, ReadOnlySpan<int> batch)
    {
        var stride = DenseLayer.Padded(LargestBatch);
        var input = layers[0].Input;
        if (batch.Length < LargestBatch) input.Clear();
        for (var b = 0; b < batch.Length; b++)
        {
            for (var i = 0; i < inputs; i++) input[i * stride + b] = rows[batch[b] * inputs + i];
        }
    }

    private void Forward(int count)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Forward(count);
            if (i + 1 == layers.Length) return;
            layers[i].Rectify(count);
            layers[i].Output.CopyTo(layers[i + 1].Input);
        }
    }

    private void Backward(int count)
    {
        adamSteps++;
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            layers[i].Gradient(count);
            if (i > 0) layers[i].PassErrorTo(layers[i - 1], count);
            layers[i].Update(count, Penalty, adamSteps);
        }
    }
}
