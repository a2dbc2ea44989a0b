using System.Numerics;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The exponential moving average of weights over steps (Polyak and Juditsky 1992), which has the low noise of a small learning rate
/// at the speed of a large one. It warms up, so that the first weights are soon forgotten.
/// </summary>
internal sealed class WeightAverage(float[] start, double decay)
{
    private readonly float[] live = [.. start];

    /// <summary>Steps taken in.</summary>
    public int Steps { get; set; }

    /// <summary>The average.</summary>
    public float[] Values { get; } = [.. start];

    /// <summary>Takes in the weights after one more step.</summary>
    public void Add(ReadOnlySpan<float> weights)
    {
        Steps++;
        var share = (float)(1 - Math.Min(decay, Steps / (Steps + 10.0)));
        var i = 0;
        for (; i <= Values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(Values, i);
            (value + share * (new Vector<float>(weights[i..]) - value)).CopyTo(Values, i);
        }
        for (; i < Values.Length; i++) Values[i] += share * (weights[i] - Values[i]);
    }

    /// <summary>Computes something with the average in the place of the weights.</summary>
    public T With<T>(float[] weights, Func<T> compute)
    {
        weights.CopyTo(live, 0);
        Values.CopyTo(weights, 0);
        var result = compute();
        live.CopyTo(weights, 0);
        return result;
    }
}
