using System.Runtime.CompilerServices;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// Derivatives of g times the spline's value minus w times the logarithm of its slope, by what shapes the bin: the chain rule through
/// rise = A / D and slope = s^2 C / D^2 of <see cref="SplinePoint"/>, s the secant.
/// </summary>
internal readonly struct SplineSlopes
{
    /// <param name="bin">The bin.</param>
    /// <param name="at">The point in it.</param>
    /// <param name="g">Gradient by the value.</param>
    /// <param name="w">Weight of the log slope.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SplineSlopes(SplineBin bin, SplinePoint at, Lanes g, Lanes w)
    {
        var (inverse, turn) = (Lanes.One / at.Denominator, at.Rest - at.Within);
        var bend = bin.First + bin.Second - 2 * bin.Secant;
        Lanes byNumerator = g * bin.Height * inverse, byCurve = -w / at.Curve;
        var byDenominator = 2 * w * inverse - byNumerator * at.Rise;
        var byWithin = byNumerator * (2 * bin.Secant * at.Within + bin.First * turn) + byDenominator * bend * turn
            + 2 * byCurve * (bin.Second * at.Within + bin.Secant * turn - bin.First * at.Rest);
        var bySecant = byNumerator * at.Within * at.Within + byDenominator * (Lanes.One - 2 * at.Both) + 2 * byCurve * at.Both - 2 * w / bin.Secant;
        First = (byNumerator + byDenominator) * at.Both + byCurve * at.Rest * at.Rest;
        Second = byDenominator * at.Both + byCurve * at.Within * at.Within;
        Bottom = g;
        Unit = byWithin / bin.Width;
        Height = g * at.Rise + bySecant / bin.Width;
        Width = -(byWithin * at.Within + bySecant * bin.Secant) / bin.Width;
    }

    /// <summary>By the point on the unit interval; by the bin's left edge it is minus this.</summary>
    public Lanes Unit { get; }

    public Lanes Width { get; }

    public Lanes Bottom { get; }

    public Lanes Height { get; }

    /// <summary>By the slope at the left knot.</summary>
    public Lanes First { get; }

    /// <summary>By the slope at the right knot.</summary>
    public Lanes Second { get; }
}
