using System.Runtime.CompilerServices;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;
using Vector = System.Runtime.Intrinsics.Vector256;

namespace ClusterSurvey.Inference.Flows;

/// <summary>A point within a bin of a spline (Durkan et al. 2019, eq. 4 and 5).</summary>
internal readonly struct SplinePoint
{
    /// <param name="bin">The bin.</param>
    /// <param name="within">How far into the bin, 0 to 1: the paper's xi.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SplinePoint(SplineBin bin, Lanes within)
    {
        Within = Vector.Min(Vector.Max(within, Lanes.Zero), Lanes.One);
        Rest = Lanes.One - Within;
        Both = Within * Rest;
        Numerator = bin.Secant * Within * Within + bin.First * Both;
        Denominator = bin.Secant + (bin.First + bin.Second - 2 * bin.Secant) * Both;
        Curve = bin.Second * Within * Within + 2 * bin.Secant * Both + bin.First * Rest * Rest;
        Rise = Numerator / Denominator;
        Slope = bin.Secant * bin.Secant * Curve / (Denominator * Denominator);
    }

    /// <summary>xi.</summary>
    public Lanes Within { get; }

    /// <summary>1 - xi.</summary>
    public Lanes Rest { get; }

    /// <summary>xi (1 - xi).</summary>
    public Lanes Both { get; }

    /// <summary>The height reached, as a share of the bin's: <see cref="Numerator"/> / <see cref="Denominator"/>.</summary>
    public Lanes Rise { get; }

    public Lanes Numerator { get; }

    public Lanes Denominator { get; }

    /// <summary>The bracket in the numerator of the slope.</summary>
    public Lanes Curve { get; }

    /// <summary>The spline's derivative.</summary>
    public Lanes Slope { get; }
}
