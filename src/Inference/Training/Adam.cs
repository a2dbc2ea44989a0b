using System.Runtime.Intrinsics;

namespace ClusterSurvey.Inference.Training;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019), over flat arrays.</summary>
internal sealed class Adam(int length)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[] first = new float[length], second = new float[length];
    private int steps;

    /// <summary>One step along a gradient that is first shortened to <paramref name="maxNorm"/>.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, double weightDecay, double maxNorm)
    {
        steps++;
        var norm = Norm(gradient);
        var shrink = (float)(norm > maxNorm ? maxNorm / norm : 1);
        var rate = (float)(learningRate / (1 - Math.Pow(Beta1, steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, steps)));
        Update(parameters, gradient, shrink, rate, correction, (float)(1 - learningRate * weightDecay));
    }

    /// <summary>The Euclidean norm.</summary>
    public static double Norm(ReadOnlySpan<float> gradient)
    {
        var sum = 0.0;
        foreach (var g in gradient) sum += (double)g * g;
        return Math.Sqrt(sum);
    }

    private void Update(Span<float> parameters, ReadOnlySpan<float> gradient, float shrink, float rate, float correction, float keep)
    {
        var i = 0;
        for (; i <= parameters.Length - 8; i += 8)
        {
            var g = Vector256.Create(gradient[i..]) * shrink;
            var m = Vector256.Create(first.AsSpan(i)) * Beta1 + g * (1 - Beta1);
            var v = Vector256.Create(second.AsSpan(i)) * Beta2 + g * g * (1 - Beta2);
            var step = m * rate / (Vector256.Sqrt(v) * correction + Vector256.Create(Epsilon));
            (Vector256.Create(parameters[i..]) * keep - step).CopyTo(parameters[i..]);
            m.CopyTo(first, i);
            v.CopyTo(second, i);
        }
        for (; i < parameters.Length; i++)
        {
            var g = gradient[i] * shrink;
            first[i] = first[i] * Beta1 + g * (1 - Beta1);
            second[i] = second[i] * Beta2 + g * g * (1 - Beta2);
            parameters[i] = parameters[i] * keep - first[i] * rate / (MathF.Sqrt(second[i]) * correction + Epsilon);
        }
    }
}
