using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// One linear layer, its back-propagation and its Adam state, for batches laid out unit by unit so that sums run over
/// vectors of examples. Vectors of 256 bits on every machine, so that the same seed gives the same bits.
/// </summary>
internal sealed class DenseLayer
{
    private const int Lanes = 8, Pair = 2 * Lanes;
    private const float Decay1 = 0.9f, Decay2 = 0.999f, Epsilon = 1e-8f;
    private const double LearningRate = 1e-3;

    private readonly int inputs, outputs, stride;
    private readonly float[] weights, transposed, biases, noBiases, gradient, biasGradient, input, output, error;
    private readonly float[] moment1, moment2, biasMoment1, biasMoment2;

    public DenseLayer(int inputs, int outputs, int largestBatch, RandomStream stream)
    {
        (this.inputs, this.outputs, stride) = (inputs, outputs, Padded(largestBatch));
        (weights, transposed, gradient) = (new float[inputs * outputs], new float[inputs * outputs], new float[inputs * outputs]);
        (biases, noBiases, biasGradient) = (new float[outputs], new float[inputs], new float[outputs]);
        (moment1, moment2) = (new float[weights.Length], new float[weights.Length]);
        (biasMoment1, biasMoment2) = (new float[outputs], new float[outputs]);
        (input, output, error) = (new float[inputs * stride], new float[outputs * stride], new float[outputs * stride]);
        var bound = Math.Sqrt(6.0 / (inputs + outputs));
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)stream.NextUniform(-bound, bound);
        for (var j = 0; j < outputs; j++) biases[j] = (float)stream.NextUniform(-bound, bound);
    }

    /// <summary>Input units x padded batch.</summary>
    public Span<float> Input => input;

    /// <summary>Output units x padded batch.</summary>
    public Span<float> Output => output;

    /// <summary>Derivative of the loss by the output; zero beyond the batch.</summary>
    public Span<float> OutputError => error;

    /// <summary>A batch size rounded up to whole pairs of vectors.</summary>
    public static int Padded(int batch) => (batch + Pair - 1) / Pair * Pair;

    public double SumOfSquares()
    {
        var sum = 0.0;
        foreach (var weight in weights) sum += weight * weight;
        return sum;
    }

    public void Forward(int count) => Multiply(weights, biases, input, output, outputs, inputs, Padded(count));

    public void Rectify(int count)
    {
        var width = Padded(count);
        for (var j = 0; j < outputs; j++)
        {
            foreach (ref var vector in MemoryMarshal.Cast<float, Vector256<float>>(output.AsSpan(j * stride, width))) vector = Vector256.Max(vector, Vector256<float>.Zero);
        }
    }

    /// <summary>Sums error times input over the batch.</summary>
    public void Gradient(int count)
    {
        var width = Padded(count);
        for (var j = 0; j < outputs; j++)
        {
            var errors = MemoryMarshal.Cast<float, Vector256<float>>(error.AsSpan(j * stride, width));
            var sum = Vector256<float>.Zero;
            foreach (var vector in errors) sum += vector;
            biasGradient[j] = Vector256.Sum(sum);
        }
        var block = outputs % 5 == 0 ? 5 : 1;
        for (var j = 0; j < outputs; j += block)
        {
            for (var i = 0; i < inputs; i++)
            {
                if (block == 5) FiveDots(j, i, width);
                else gradient[j * inputs + i] = Dot(j, i, width);
            }
        }
    }

    /// <summary>The derivative by the rectified output of the layer below.</summary>
    public void PassErrorTo(DenseLayer below, int count)
    {
        for (var j = 0; j < outputs; j++) for (var i = 0; i < inputs; i++) transposed[i * outputs + j] = weights[j * inputs + i];
        var width = Padded(count);
        Multiply(transposed, noBiases, error, below.error, inputs, outputs, width);
        for (var i = 0; i < inputs; i++)
        {
            var errors = MemoryMarshal.Cast<float, Vector256<float>>(below.error.AsSpan(i * stride, width));
            var active = MemoryMarshal.Cast<float, Vector256<float>>(input.AsSpan(i * stride, width));
            for (var b = 0; b < errors.Length; b++) errors[b] = Vector256.ConditionalSelect(Vector256.GreaterThan(active[b], Vector256<float>.Zero), errors[b], Vector256<float>.Zero);
        }
    }

    /// <summary>One step of Adam (Kingma and Ba 2015) on the mean loss with its penalty.</summary>
    public void Update(int count, double penalty, int step)
    {
        var rate = (float)(LearningRate * Math.Sqrt(1 - Math.Pow(Decay2, step)) / (1 - Math.Pow(Decay1, step)));
        var scale = 1f / count;
        Adam(weights, gradient, moment1, moment2, rate, scale, (float)penalty);
        Adam(biases, biasGradient, biasMoment1, biasMoment2, rate, scale, 0);
    }

    private static void Adam(float[] values, float[] gradients, float[] first, float[] second, float rate, float scale, float penalty)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var g = (gradients[i] + penalty * values[i]) * scale;
            first[i] = Decay1 * first[i] + (1 - Decay1) * g;
            second[i] = Decay2 * second[i] + (1 - Decay2) * g * g;
            values[i] -= rate * first[i] / (MathF.Sqrt(second[i]) + Epsilon);
        }
    }

    /// <summary>result[j] = bias[j] + sum over i of matrix[j, i] source[i], each a row of a batch.</summary>
    private void Multiply(float[] matrix, float[] bias, float[] source, float[] result, int rows, int columns, int width)
    {
        var j = 0;
        if (rows % 5 == 0)
        {
            for (; j < rows; j += 5) for (var b = 0; b < width; b += Pair) FiveRows(matrix, bias, source, result, j, columns, b);
        }
        for (; j < rows; j++) for (var b = 0; b < width; b += Lanes) OneRow(matrix, bias, source, result, j, columns, b);
    }

    private void OneRow(float[] matrix, float[] bias, float[] source, float[] result, int j, int columns, int b)
    {
        var sum = Vector256.Create(bias[j]);
        for (var i = 0; i < columns; i++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(matrix[j * columns + i]), Load(source, i * stride + b), sum);
        sum.CopyTo(result, j * stride + b);
    }

    // Ten sums stay in registers while a pair of vectors of each input passes once.
    private void FiveRows(float[] matrix, float[] bias, float[] source, float[] result, int j, int columns, int b)
    {
        Vector256<float> a0 = Vector256.Create(bias[j]), a1 = Vector256.Create(bias[j + 1]), a2 = Vector256.Create(bias[j + 2]), a3 = Vector256.Create(bias[j + 3]), a4 = Vector256.Create(bias[j + 4]);
        Vector256<float> b0 = a0, b1 = a1, b2 = a2, b3 = a3, b4 = a4;
        var row0 = matrix.AsSpan(j * columns, columns);
        var row1 = matrix.AsSpan((j + 1) * columns, columns);
        var row2 = matrix.AsSpan((j + 2) * columns, columns);
        var row3 = matrix.AsSpan((j + 3) * columns, columns);
        var row4 = matrix.AsSpan((j + 4) * columns, columns);
        for (var i = 0; i < row0.Length; i++)
        {
            var left = Load(source, i * stride + b);
            var right = Load(source, i * stride + b + Lanes);
            var w = Vector256.Create(row0[i]);
            (a0, b0) = (Vector256.FusedMultiplyAdd(w, left, a0), Vector256.FusedMultiplyAdd(w, right, b0));
            w = Vector256.Create(row1[i]);
            (a1, b1) = (Vector256.FusedMultiplyAdd(w, left, a1), Vector256.FusedMultiplyAdd(w, right, b1));
            w = Vector256.Create(row2[i]);
            (a2, b2) = (Vector256.FusedMultiplyAdd(w, left, a2), Vector256.FusedMultiplyAdd(w, right, b2));
            w = Vector256.Create(row3[i]);
            (a3, b3) = (Vector256.FusedMultiplyAdd(w, left, a3), Vector256.FusedMultiplyAdd(w, right, b3));
            w = Vector256.Create(row4[i]);
            (a4, b4) = (Vector256.FusedMultiplyAdd(w, left, a4), Vector256.FusedMultiplyAdd(w, right, b4));
        }
        Store(result, j * stride + b, a0, b0);
        Store(result, (j + 1) * stride + b, a1, b1);
        Store(result, (j + 2) * stride + b, a2, b2);
        Store(result, (j + 3) * stride + b, a3, b3);
        Store(result, (j + 4) * stride + b, a4, b4);
    }

    private float Dot(int j, int i, int width)
    {
        var sum = Vector256<float>.Zero;
        for (var b = 0; b < width; b += Lanes) sum = Vector256.FusedMultiplyAdd(Load(error, j * stride + b), Load(input, i * stride + b), sum);
        return Vector256.Sum(sum);
    }

    private void FiveDots(int j, int i, int width)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        int e = j * stride, x = i * stride;
        for (var b = 0; b < width; b += Lanes)
        {
            var value = Load(input, x + b);
            s0 = Vector256.FusedMultiplyAdd(Load(error, e + b), value, s0);
            s1 = Vector256.FusedMultiplyAdd(Load(error, e + stride + b), value, s1);
            s2 = Vector256.FusedMultiplyAdd(Load(error, e + 2 * stride + b), value, s2);
            s3 = Vector256.FusedMultiplyAdd(Load(error, e + 3 * stride + b), value, s3);
            s4 = Vector256.FusedMultiplyAdd(Load(error, e + 4 * stride + b), value, s4);
        }
        gradient[j * inputs + i] = Vector256.Sum(s0);
        gradient[(j + 1) * inputs + i] = Vector256.Sum(s1);
        gradient[(j + 2) * inputs + i] = Vector256.Sum(s2);
        gradient[(j + 3) * inputs + i] = Vector256.Sum(s3);
        gradient[(j + 4) * inputs + i] = Vector256.Sum(s4);
    }

    private static Vector256<float> Load(float[] values, int index) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)index);

    private static void Store(float[] values, int index, Vector256<float> left, Vector256<float> right)
    {
        left.CopyTo(values, index);
        right.CopyTo(values, index + Lanes);
    }
}
