using System.Runtime.CompilerServices;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;
using Vector = System.Runtime.Intrinsics.Vector256;

namespace ClusterSurvey.Inference.Flows;

/// <summary>The bin of a spline in which a point lies, on the unit square: one for each lane.</summary>
internal readonly struct SplineBin
{
    /// <summary>Number of the bin.</summary>
    public Lanes Index { get; private init; }

    public Lanes Left { get; private init; }

    public Lanes Width { get; private init; }

    public Lanes Bottom { get; private init; }

    public Lanes Height { get; private init; }

    /// <summary>Height over width.</summary>
    public Lanes Secant { get; private init; }

    /// <summary>The spline's slope at the left knot.</summary>
    public Lanes First { get; private init; }

    /// <summary>The spline's slope at the right knot.</summary>
    public Lanes Second { get; private init; }

    /// <summary>d first / d its row.</summary>
    public Lanes FirstSlope { get; private init; }

    /// <summary>d second / d its row.</summary>
    public Lanes SecondSlope { get; private init; }

    /// <summary>Finds the bin by its horizontal or its vertical edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe SplineBin Find(int bins, Lanes unit, float* rows, int columns, bool byHeight)
    {
        float* heights = rows + bins * columns, knots = heights + bins * columns;
        Lanes left = Lanes.Zero, bottom = left, index = left, first = left, second = Vector.Load(knots);
        Lanes width = Vector.Load(rows), height = Vector.Load(heights), nextLeft = width, nextBottom = height;
        for (var k = 1; k < bins; k++)
        {
            Lanes w = Vector.Load(rows + k * columns), h = Vector.Load(heights + k * columns);
            var beyond = Vector.GreaterThanOrEqual(unit, byHeight ? nextBottom : nextLeft);
            left = Vector.ConditionalSelect(beyond, nextLeft, left);
            bottom = Vector.ConditionalSelect(beyond, nextBottom, bottom);
            width = Vector.ConditionalSelect(beyond, w, width);
            height = Vector.ConditionalSelect(beyond, h, height);
            index = Vector.ConditionalSelect(beyond, Vector.Create((float)k), index);
            first = Vector.ConditionalSelect(beyond, Vector.Load(knots + (k - 1) * columns), first);
            second = Vector.ConditionalSelect(beyond, k < bins - 1 ? Vector.Load(knots + k * columns) : Lanes.Zero, second);
            nextLeft += w;
            nextBottom += h;
        }
        var (firstLog, firstBound) = LaneFunctions.Bound(first);
        var (secondLog, secondBound) = LaneFunctions.Bound(second);
        Lanes atFirst = LaneFunctions.Exp(firstLog), atSecond = LaneFunctions.Exp(secondLog);
        return new SplineBin
        {
            Index = index, Left = left, Width = width, Bottom = bottom, Height = height, Secant = height / width,
            First = atFirst, Second = atSecond, FirstSlope = atFirst * firstBound, SecondSlope = atSecond * secondBound,
        };
    }
}
