using System.Runtime.CompilerServices;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;
using Vector = System.Runtime.Intrinsics.Vector256;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// Products of masked layers with a batch. Matrices lie feature by feature, one column a pair; columns run along the SIMD
/// lanes and their number is a multiple of <see cref="ColumnStep"/>. The width is fixed, so that a sum has the same order, and
/// training the same bits, on every processor with fused multiply-add.
/// </summary>
internal static unsafe class LaneKernels
{
    /// <summary>Floats of one vector.</summary>
    public const int Width = 8;

    /// <summary>The number of columns is a multiple of this.</summary>
    public const int ColumnStep = 2 * Width;

    /// <summary>output[j] = bias[j] + sum over visible k of weight[j, k] input[k], for rows j from <paramref name="from"/> to <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(MaskedLayer layer, float* parameters, float* input, float* output, int columns, int from, int to)
    {
        var weights = parameters + layer.WeightOffset;
        var bias = parameters + layer.BiasOffset;
        int inputs = layer.Inputs, j = from;
        for (; j + 4 <= to; j += 4) MultiplyFour(weights + j * inputs, inputs, layer.Visible[j + 3], bias + j, input, output + j * columns, columns);
        for (; j < to; j++) MultiplyOne(weights + j * inputs, layer.Visible[j], bias[j], input, output + j * columns, columns);
    }

    /// <summary>inputGradient[k] (plus what it holds) = sum over viewers j of weight[j, k] outputGradient[j], for inputs k after the conditions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTransposed(MaskedLayer layer, float* parameters, float* outputGradient, float* inputGradient, int columns, int conditions, bool add)
    {
        var weights = parameters + layer.WeightOffset;
        int inputs = layer.Inputs, outputs = layer.Outputs, k = conditions;
        for (; k + 4 <= inputs; k += 4)
        {
            var target = inputGradient + (k - conditions) * columns;
            TransposedFour(weights + k, inputs, layer.FirstViewer[k], outputs, outputGradient, target, columns, add);
        }
        for (; k < inputs; k++)
        {
            var target = inputGradient + (k - conditions) * columns;
            TransposedOne(weights + k, inputs, layer.FirstViewer[k], outputs, outputGradient, target, columns, add);
        }
    }

    /// <summary>gradient[j, k] = sum over columns of outputGradient[j] input[k] for visible k, and the bias's likewise; masked entries are left as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient(MaskedLayer layer, float* outputGradient, float* input, float* gradient, int columns)
    {
        int inputs = layer.Inputs, outputs = layer.Outputs;
        var weights = gradient + layer.WeightOffset;
        var products = stackalloc float[8];
        for (var j = 0; j < outputs; j += 4)
        {
            var rows = Math.Min(4, outputs - j);
            var visible = layer.Visible[j + rows - 1];
            var d = outputGradient + j * columns;
            for (var k = 0; k < visible; k += 2)
            {
                // A row beyond the last repeats it; its product is not kept.
                Products(d, (rows > 1 ? 1 : 0) * columns, (rows > 2 ? 2 : 0) * columns, (rows > 3 ? 3 : 0) * columns,
                    input + k * columns, input + Math.Min(k + 1, inputs - 1) * columns, columns, products);
                for (var r = 0; r < rows; r++)
                {
                    var limit = layer.Visible[j + r];
                    if (k < limit) weights[(j + r) * inputs + k] = products[2 * r];
                    if (k + 1 < limit) weights[(j + r) * inputs + k + 1] = products[2 * r + 1];
                }
            }
            for (var r = 0; r < rows; r++) gradient[layer.BiasOffset + j + r] = Sum(d + r * columns, columns);
        }
    }

    private static void MultiplyFour(float* w, int inputs, int visible, float* bias, float* input, float* output, int columns)
    {
        float* w1 = w + inputs, w2 = w1 + inputs, w3 = w2 + inputs;
        for (var c = 0; c < columns; c += ColumnStep)
        {
            Lanes a0 = Vector.Create(bias[0]), b0 = a0, a1 = Vector.Create(bias[1]), b1 = a1;
            Lanes a2 = Vector.Create(bias[2]), b2 = a2, a3 = Vector.Create(bias[3]), b3 = a3;
            var x = input + c;
            for (var k = 0; k < visible; k++, x += columns)
            {
                Lanes left = Vector.Load(x), right = Vector.Load(x + Width);
                var v = Vector.Create(w[k]);
                a0 = Vector.FusedMultiplyAdd(v, left, a0);
                b0 = Vector.FusedMultiplyAdd(v, right, b0);
                v = Vector.Create(w1[k]);
                a1 = Vector.FusedMultiplyAdd(v, left, a1);
                b1 = Vector.FusedMultiplyAdd(v, right, b1);
                v = Vector.Create(w2[k]);
                a2 = Vector.FusedMultiplyAdd(v, left, a2);
                b2 = Vector.FusedMultiplyAdd(v, right, b2);
                v = Vector.Create(w3[k]);
                a3 = Vector.FusedMultiplyAdd(v, left, a3);
                b3 = Vector.FusedMultiplyAdd(v, right, b3);
            }
            StoreFour(output + c, columns, a0, b0, a1, b1, a2, b2, a3, b3);
        }
    }

    private static void MultiplyOne(float* w, int visible, float bias, float* input, float* output, int columns)
    {
        for (var c = 0; c < columns; c += ColumnStep)
        {
            Lanes a = Vector.Create(bias), b = a;
            var x = input + c;
            for (var k = 0; k < visible; k++, x += columns)
            {
                var v = Vector.Create(w[k]);
                a = Vector.FusedMultiplyAdd(v, Vector.Load(x), a);
                b = Vector.FusedMultiplyAdd(v, Vector.Load(x + Width), b);
            }
            Vector.Store(a, output + c);
            Vector.Store(b, output + c + Width);
        }
    }

    private static void TransposedFour(float* w, int inputs, int first, int outputs, float* d, float* target, int columns, bool add)
    {
        for (var c = 0; c < columns; c += ColumnStep)
        {
            Lanes a0 = Lanes.Zero, b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0;
            if (add)
            {
                float* t0 = target + c, t1 = t0 + columns, t2 = t1 + columns, t3 = t2 + columns;
                (a0, b0, a1, b1) = (Vector.Load(t0), Vector.Load(t0 + Width), Vector.Load(t1), Vector.Load(t1 + Width));
                (a2, b2, a3, b3) = (Vector.Load(t2), Vector.Load(t2 + Width), Vector.Load(t3), Vector.Load(t3 + Width));
            }
            var y = d + first * columns + c;
            var row = w + first * inputs;
            for (var j = first; j < outputs; j++, y += columns, row += inputs)
            {
                Lanes left = Vector.Load(y), right = Vector.Load(y + Width);
                var v = Vector.Create(row[0]);
                a0 = Vector.FusedMultiplyAdd(v, left, a0);
                b0 = Vector.FusedMultiplyAdd(v, right, b0);
                v = Vector.Create(row[1]);
                a1 = Vector.FusedMultiplyAdd(v, left, a1);
                b1 = Vector.FusedMultiplyAdd(v, right, b1);
                v = Vector.Create(row[2]);
                a2 = Vector.FusedMultiplyAdd(v, left, a2);
                b2 = Vector.FusedMultiplyAdd(v, right, b2);
                v = Vector.Create(row[3]);
                a3 = Vector.FusedMultiplyAdd(v, left, a3);
                b3 = Vector.FusedMultiplyAdd(v, right, b3);
            }
            StoreFour(target + c, columns, a0, b0, a1, b1, a2, b2, a3, b3);
        }
    }

    private static void TransposedOne(float* w, int inputs, int first, int outputs, float* d, float* target, int columns, bool add)
    {
        for (var c = 0; c < columns; c += ColumnStep)
        {
            Lanes a = add ? Vector.Load(target + c) : Lanes.Zero, b = add ? Vector.Load(target + c + Width) : Lanes.Zero;
            for (var j = first; j < outputs; j++)
            {
                var v = Vector.Create(w[j * inputs]);
                a = Vector.FusedMultiplyAdd(v, Vector.Load(d + j * columns + c), a);
                b = Vector.FusedMultiplyAdd(v, Vector.Load(d + j * columns + c + Width), b);
            }
            Vector.Store(a, target + c);
            Vector.Store(b, target + c + Width);
        }
    }

    // The eight scalar products of four rows with two rows.
    private static void Products(float* d, int row1, int row2, int row3, float* x, float* y, int columns, float* products)
    {
        Lanes a0 = Lanes.Zero, b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0;
        for (var c = 0; c < columns; c += Width)
        {
            Lanes u = Vector.Load(x + c), v = Vector.Load(y + c);
            var g = Vector.Load(d + c);
            a0 = Vector.FusedMultiplyAdd(g, u, a0);
            b0 = Vector.FusedMultiplyAdd(g, v, b0);
            g = Vector.Load(d + row1 + c);
            a1 = Vector.FusedMultiplyAdd(g, u, a1);
            b1 = Vector.FusedMultiplyAdd(g, v, b1);
            g = Vector.Load(d + row2 + c);
            a2 = Vector.FusedMultiplyAdd(g, u, a2);
            b2 = Vector.FusedMultiplyAdd(g, v, b2);
            g = Vector.Load(d + row3 + c);
            a3 = Vector.FusedMultiplyAdd(g, u, a3);
            b3 = Vector.FusedMultiplyAdd(g, v, b3);
        }
        (products[0], products[1], products[2], products[3]) = (Vector.Sum(a0), Vector.Sum(b0), Vector.Sum(a1), Vector.Sum(b1));
        (products[4], products[5], products[6], products[7]) = (Vector.Sum(a2), Vector.Sum(b2), Vector.Sum(a3), Vector.Sum(b3));
    }

    private static float Sum(float* values, int columns)
    {
        var sum = Lanes.Zero;
        for (var c = 0; c < columns; c += Width) sum += Vector.Load(values + c);
        return Vector.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(float* target, int columns, Lanes a0, Lanes b0, Lanes a1, Lanes b1, Lanes a2, Lanes b2, Lanes a3, Lanes b3)
    {
        float* t1 = target + columns, t2 = t1 + columns, t3 = t2 + columns;
        Vector.Store(a0, target);
        Vector.Store(b0, target + Width);
        Vector.Store(a1, t1);
        Vector.Store(b1, t1 + Width);
        Vector.Store(a2, t2);
        Vector.Store(b2, t2 + Width);
        Vector.Store(a3, t3);
        Vector.Store(b3, t3 + Width);
    }
}
