using System.Runtime.CompilerServices;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;
using Vector = System.Runtime.Intrinsics.Vector256;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The monotonic rational-quadratic spline of Gregory and Delbourgo (1982) as a transform of one variable (Durkan et al. 2019, eq. 4-8,
/// and appendix A), eight lanes at a time. It maps [-<see cref="TailBound"/>, <see cref="TailBound"/>] onto itself and is the identity outside. Of
/// each spline come K rows of widths, K of heights and K - 1 of slopes at inner knots; widths and heights are the softmax of theirs, each at
/// least <see cref="LeastBin"/> of the whole, a slope is the exponential of its row's bounded value, and 1 at the ends.
/// </summary>
internal static unsafe class SplineLanes
{
    /// <summary>Beyond this, in standard deviations of the training data, the spline is the identity.</summary>
    public const float TailBound = 5;

    /// <summary>The least width or height of a bin, as a share of the interval.</summary>
    public const float LeastBin = 1e-3f;

    /// <summary>u = spline(x), in place if they are one row; adds log du/dx. Of the rows, widths and heights become their shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(int bins, float* x, float* rows, float* u, float* logDeterminant, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            var place = Vector.Load(x + c);
            Share(bins, rows + c, columns);
            Share(bins, rows + bins * columns + c, columns);
            var unit = ToUnit(place);
            var bin = SplineBin.Find(bins, unit, rows + c, columns, byHeight: false);
            var point = new SplinePoint(bin, (unit - bin.Left) / bin.Width);
            var inside = Inside(place);
            Vector.Store(Vector.ConditionalSelect(inside, FromUnit(bin.Bottom + bin.Height * point.Rise), place), u + c);
            var log = Vector.Log(point.Slope);
            Vector.Store(Vector.Load(logDeterminant + c) + Vector.ConditionalSelect(inside, log, Lanes.Zero), logDeterminant + c);
        }
    }

    /// <summary>The x that the spline takes to u (Durkan et al. 2019, eq. 6-8); widths and heights become their shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert(int bins, float* u, float* rows, float* x, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            var place = Vector.Load(u + c);
            Share(bins, rows + c, columns);
            Share(bins, rows + bins * columns + c, columns);
            var unit = ToUnit(place);
            var bin = SplineBin.Find(bins, unit, rows + c, columns, byHeight: true);
            var rise = Vector.Min(Vector.Max((unit - bin.Bottom) / bin.Height, Lanes.Zero), Lanes.One);
            var bend = rise * (bin.First + bin.Second - 2 * bin.Secant);
            var (a, b, minusC) = (bin.Secant - bin.First + bend, bin.First - bend, bin.Secant * rise);
            var root = Vector.Sqrt(Vector.Max(b * b + 4 * a * minusC, Lanes.Zero));
            var within = 2 * minusC / (b + root);
            Vector.Store(Vector.ConditionalSelect(Inside(place), FromUnit(bin.Left + bin.Width * within), place), x + c);
        }
    }

    /// <summary>
    /// Gradients from that of u, after <see cref="Transform"/> left its rows: of the rows, and of x in the place of that of u. The log-determinant enters
    /// with minus the weight of its column.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(int bins, float* x, float* rows, float* weight, float* du, float* dRows, int columns)
    {
        for (var c = 0; c < columns; c += LaneKernels.Width)
        {
            Lanes place = Vector.Load(x + c), given = Vector.Load(du + c);
            var inside = Inside(place);
            var unit = ToUnit(place);
            var bin = SplineBin.Find(bins, unit, rows + c, columns, byHeight: false);
            var slopes = new SplineSlopes(bin, new SplinePoint(bin, (unit - bin.Left) / bin.Width),
                Vector.ConditionalSelect(inside, given * (2 * TailBound), Lanes.Zero), Vector.ConditionalSelect(inside, Vector.Load(weight + c), Lanes.Zero));
            Vector.Store(Vector.ConditionalSelect(inside, slopes.Unit * (0.5f / TailBound), given), du + c);
            ShareGradient(bins, rows + c, dRows + c, columns, bin.Index, -slopes.Unit, slopes.Width);
            ShareGradient(bins, rows + bins * columns + c, dRows + bins * columns + c, columns, bin.Index, slopes.Bottom, slopes.Height);
            KnotGradient(bins, dRows + 2 * bins * columns + c, columns, bin.Index, slopes.First * bin.FirstSlope, slopes.Second * bin.SecondSlope);
        }
    }

    private static Lanes Inside(Lanes place) => Vector.LessThan(Vector.Abs(place), Vector.Create(TailBound));

    private static Lanes ToUnit(Lanes place) => Vector.Min(Vector.Max(place * (0.5f / TailBound) + Vector.Create(0.5f), Lanes.Zero), Lanes.One);

    private static Lanes FromUnit(Lanes unit) => Vector.FusedMultiplyAdd(unit, Vector.Create(2 * TailBound), Vector.Create(-TailBound));

    // The softmax of some rows, lifted to the least share.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Share(int bins, float* rows, int columns)
    {
        var largest = Vector.Load(rows);
        for (var k = 1; k < bins; k++) largest = Vector.Max(largest, Vector.Load(rows + k * columns));
        var sum = Lanes.Zero;
        for (var k = 0; k < bins; k++)
        {
            var e = LaneFunctions.Exp(Vector.Load(rows + k * columns) - largest);
            sum += e;
            Vector.Store(e, rows + k * columns);
        }
        var scale = Vector.Create(1 - bins * LeastBin) / sum;
        for (var k = 0; k < bins; k++) Vector.Store(Vector.FusedMultiplyAdd(Vector.Load(rows + k * columns), scale, Vector.Create(LeastBin)), rows + k * columns);
    }

    // The way back through the softmax: every bin before the one in use pushes its start, the one in use has a gradient of its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShareGradient(int bins, float* shares, float* gradient, int columns, Lanes index, Lanes start, Lanes own)
    {
        var mean = Lanes.Zero;
        for (var k = 0; k < bins; k++)
        {
            var lane = Vector.Create((float)k);
            var direct = Vector.ConditionalSelect(Vector.LessThan(lane, index), start, Vector.ConditionalSelect(Vector.Equals(lane, index), own, Lanes.Zero));
            var plain = Vector.Load(shares + k * columns) - Vector.Create(LeastBin);
            mean = Vector.FusedMultiplyAdd(direct, plain, mean);
            Vector.Store(direct, gradient + k * columns);
        }
        mean *= 1 / (1 - bins * LeastBin);
        for (var k = 0; k < bins; k++)
        {
            var plain = Vector.Load(shares + k * columns) - Vector.Create(LeastBin);
            Vector.Store(plain * (Vector.Load(gradient + k * columns) - mean), gradient + k * columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KnotGradient(int bins, float* gradient, int columns, Lanes index, Lanes first, Lanes second)
    {
        for (var k = 0; k < bins - 1; k++)
        {
            var asSecond = Vector.ConditionalSelect(Vector.Equals(Vector.Create((float)k), index), second, Lanes.Zero);
            var asFirst = Vector.ConditionalSelect(Vector.Equals(Vector.Create(k + 1f), index), first, Lanes.Zero);
            Vector.Store(asSecond + asFirst, gradient + k * columns);
        }
    }
}
