using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Inference.Flows;

/// <summary>Element by element functions of the flow, eight lanes at a time, in single precision.</summary>
internal static unsafe class LaneFunctions
{
    /// <summary>The log-scale of a transform stays inside plus or minus this: b(r) = r / (1 + |r| / bound).</summary>
    public const float LogScaleBound = 6;

    /// <summary>
    /// exp(x) to 2e-7 relative for -87 &lt; x &lt; 88, clamped there: x = n ln 2 + r, Taylor's polynomial of degree 7 in r.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-87f)), Vector256.Create(88f));
        var n = Vector256.Round(x * 1.44269504f);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693145751953125f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-1.42860682030941723212e-6f), r);
        var p = Vector256.Create(1f / 5040);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 720));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 120));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 24));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f / 6));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<float>.One);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256<float>.One);
        var power = Vector256.ShiftLeft(Vector256.ConvertToInt32(n) + Vector256.Create(127), 23);
        return p * power.AsSingle();
    }

    /// <summary>In place h becomes SiLU(h) = h / (1 + exp(-h)), plus <paramref name="residual"/> where there is one; its slope goes to <paramref name="slope"/> where wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(float* h, float* slope, float* residual, int length)
    {
        for (var i = 0; i < length; i += LaneKernels.Width)
        {
            var x = Vector256.Load(h + i);
            var sigmoid = Vector256<float>.One / (Vector256<float>.One + Exp(-x));
            var value = x * sigmoid;
            if (slope != null) Vector256.Store(sigmoid + value * (Vector256<float>.One - sigmoid), slope + i);
            Vector256.Store(residual != null ? value + Vector256.Load(residual + i) : value, h + i);
        }
    }

    /// <summary>product = a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, float* b, float* product, int length)
    {
        for (var i = 0; i < length; i += LaneKernels.Width) Vector256.Store(Vector256.Load(a + i) * Vector256.Load(b + i), product + i);
    }

    /// <summary>
    /// One variable of one transform, u = x exp(b(raw)) + shift; adds b to the log-determinant, and keeps exp(b) and db/draw
    /// where wanted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float* x, float* shift, float* raw, float* u, float* logDeterminant, float* scale, float* boundSlope, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            var (log, slope) = Bound(Vector256.Load(raw + c));
            var e = Exp(log);
            Vector256.Store(Vector256.FusedMultiplyAdd(Vector256.Load(x + c), e, Vector256.Load(shift + c)), u + c);
            Vector256.Store(Vector256.Load(logDeterminant + c) + log, logDeterminant + c);
            if (scale == null) continue;
            Vector256.Store(e, scale + c);
            Vector256.Store(slope, boundSlope + c);
        }
    }

    /// <summary>The inverse of one variable of one transform, x = (u - shift) exp(-b(raw)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert(float* u, float* shift, float* raw, float* x, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            var (log, _) = Bound(Vector256.Load(raw + c));
            Vector256.Store((Vector256.Load(u + c) - Vector256.Load(shift + c)) * Exp(-log), x + c);
        }
    }

    /// <summary>
    /// Gradients of one variable of one transform from that of u: of shift, of raw (the log-determinant enters with
    /// minus the weight of its column) and of x directly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformGradient(float* x, float* scale, float* boundSlope, float* weight, float* du, float* dShift, float* dRaw, float* dx, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            var g = Vector256.Load(du + c);
            var ge = g * Vector256.Load(scale + c);
            Vector256.Store(g, dShift + c);
            Vector256.Store((ge * Vector256.Load(x + c) - Vector256.Load(weight + c)) * Vector256.Load(boundSlope + c), dRaw + c);
            Vector256.Store(ge, dx + c);
        }
    }

    /// <summary>b(r) = r / (1 + |r| / bound), and its slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Value, Vector256<float> Slope) Bound(Vector256<float> raw)
    {
        var inverse = Vector256<float>.One / (Vector256<float>.One + Vector256.Abs(raw) * (1 / LogScaleBound));
        return (raw * inverse, inverse * inverse);
    }
}
