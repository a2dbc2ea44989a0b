using System.Runtime.Intrinsics;

namespace ClusterSurvey.Inference.Training;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019), over flat arrays.</summary>
internal sealed class Adam(int length)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    /// <summary>Running mean of the gradient.</summary>
    public float[] First { get; } = new float[length];

    /// <summary>Running mean of its square.</summary>
    public float[] Second { get; } = new float[length];

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>One step along a gradient that is first shortened to <paramref name="maxNorm"/>.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate, double weightDecay, double maxNorm)
    {
        Steps++;
        var norm = Norm(gradient);
        var shrink = (float)(norm > maxNorm ? maxNorm / norm : 1);
        var rate = (float)(learningRate / (1 - Math.Pow(Beta1, Steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps)));
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
            var m = Vector256.Create(First.AsSpan(i)) * Beta1 + g * (1 - Beta1);
            var v = Vector256.Create(Second.AsSpan(i)) * Beta2 + g * g * (1 - Beta2);
            var step = m * rate / (Vector256.Sqrt(v) * correction + Vector256.Create(Epsilon));
            (Vector256.Create(parameters[i..]) * keep - step).CopyTo(parameters[i..]);
            m.CopyTo(First, i);
            v.CopyTo(Second, i);
        }
        for (; i < parameters.Length; i++)
        {
            var g = gradient[i] * shrink;
            First[i] = First[i] * Beta1 + g * (1 - Beta1);
            Second[i] = Second[i] * Beta2 + g * g * (1 - Beta2);
            parameters[i] = parameters[i] * keep - First[i] * rate / (MathF.Sqrt(Second[i]) * correction + Epsilon);
        }
    }
}
