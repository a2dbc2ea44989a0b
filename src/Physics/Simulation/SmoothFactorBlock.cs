using System.Numerics;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>Pixels in one interval of knots, which the same functions of a smooth factor touch. Rows of functions are contiguous, and padded with pixels of nothing.</summary>
internal sealed class SmoothFactorBlock
{
    private const double LeastMean = 1e-30;
    private const int MostPixels = 256, Harmonics = 4;

    // In R500. What depends on the angle vanishes at the centre.
    private static readonly double[] RadialKnots = [0, 0.05, 0.1, 0.18, 0.28, 0.45, 0.7, 1], AngularKnots = [0, 0.1, 0.25, 0.5, 1];

    private readonly int[] pixels, touched;
    private readonly double[] functions;
    private readonly int length;

    private SmoothFactorBlock(int[] pixels, double[] radius, double[]? angle)
    {
        this.pixels = pixels;
        length = (pixels.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var rows = new List<(int Coefficient, double[] Values)>();
        AddHats(rows, RadialKnots, 0, _ => 1);
        if (angle is not null)
            for (var harmonic = 0; harmonic < Harmonics; harmonic++)
            {
                var (order, phase) = (1 + harmonic / 2, harmonic % 2 * Math.PI / 2);
                // A knot at the centre has no coefficient: the first of a harmonic is that of the second knot.
                AddHats(rows, AngularKnots, RadialKnots.Length + harmonic * (AngularKnots.Length - 1) - 1, pixel => Math.Cos(order * angle[pixel] - phase));
            }
        touched = [.. rows.Select(row => row.Coefficient)];
        functions = new double[rows.Count * length];
        for (var row = 0; row < rows.Count; row++) rows[row].Values.CopyTo(functions, row * length);

        void AddHats(List<(int, double[])> all, double[] knots, int first, Func<int, double> factor)
        {
            var interval = Interval(knots, radius[pixels[0]]);
            foreach (var knot in interval == knots.Length - 1 ? [interval] : new[] { interval, interval + 1 })
            {
                if (knot == 0 && first > 0) continue;
                all.Add((first + knot, [.. pixels.Select(pixel => Hat(knots, interval, knot, radius[pixel]) * factor(pixel))]));
            }
        }
    }

    /// <summary>How many functions a factor has.</summary>
    /// <param name="ofAngle">Whether it depends on the angle.</param>
    public static int Functions(bool ofAngle) => RadialKnots.Length + (ofAngle ? Harmonics * (AngularKnots.Length - 1) : 0);

    /// <summary>The used pixels of an image.</summary>
    public static IEnumerable<SmoothFactorBlock> All(double[] radius, double[]? angle, bool[] used) => Enumerable.Range(0, used.Length).Where(pixel => used[pixel])
        .GroupBy(pixel => (Interval(RadialKnots, radius[pixel]), angle is null ? 0 : Interval(AngularKnots, radius[pixel])))
        .OrderBy(group => group.Key)
        .SelectMany(group => group.Chunk(MostPixels))
        .Select(pixels => new SmoothFactorBlock(pixels, radius, angle));

    /// <summary>Adds gradient and Fisher information of these pixels.</summary>
    public void Add(ReadOnlySpan<double> counts, ReadOnlySpan<double> cluster, ReadOnlySpan<double> expected, double[] place, SmoothFactorEquations system, Room work)
    {
        Fill(cluster, expected, place, work);
        var (means, behind) = (work.Means, work.Behind);
        for (var i = 0; i < length; i++)
        {
            var mean = Math.Max(means[i] + behind[i], LeastMean);
            var excess = i < pixels.Length ? counts[pixels[i]] / mean - 1 : 0;
            work.Residual[i] = means[i] * excess;
            work.Weight[i] = means[i] * means[i] / mean;
            work.Cross[i] = means[i] * behind[i] / mean;
            system.AddBackground(behind[i] * excess, behind[i] * behind[i] / mean);
        }
        for (var a = 0; a < touched.Length; a++)
        {
            var function = functions.AsSpan(a * length, length);
            system.Add(touched[a], Dot(function, work.Residual), Dot(function, work.Cross));
            for (var i = 0; i < length; i++) work.Row[i] = function[i] * work.Weight[i];
            for (var b = 0; b <= a; b++) system.Add(touched[a], touched[b], Dot(functions.AsSpan(b * length, length), work.Row));
        }
    }

    /// <summary>Writes what is expected of these pixels.</summary>
    public void Expect(ReadOnlySpan<double> cluster, Span<double> expected, double[] place, Room work)
    {
        Fill(cluster, expected, place, work);
        for (var i = 0; i < pixels.Length; i++) expected[pixels[i]] = work.Means[i] + work.Behind[i];
    }

    private void Fill(ReadOnlySpan<double> cluster, ReadOnlySpan<double> expected, double[] place, Room work)
    {
        var logarithm = work.Logarithm.AsSpan(0, length);
        logarithm.Clear();
        for (var a = 0; a < touched.Length; a++)
        {
            var coefficient = place[touched[a]];
            var function = functions.AsSpan(a * length, length);
            for (var i = 0; i < length; i++) logarithm[i] += coefficient * function[i];
        }
        var factor = Math.Exp(place[^1]);
        for (var i = 0; i < length; i++)
        {
            var pixel = i < pixels.Length ? pixels[i] : -1;
            work.Means[i] = pixel < 0 ? 0 : cluster[pixel] * Math.Exp(logarithm[i]);
            work.Behind[i] = pixel < 0 ? 0 : (expected[pixel] - cluster[pixel]) * factor;
        }
    }

    // 0 for the first interval, and the number of knots less one beyond the last.
    private static int Interval(double[] knots, double radius)
    {
        var interval = 0;
        while (interval < knots.Length - 1 && radius >= knots[interval + 1]) interval++;
        return interval;
    }

    private static double Hat(double[] knots, int interval, int knot, double radius)
    {
        if (interval == knots.Length - 1) return 1;
        var rise = (radius - knots[interval]) / (knots[interval + 1] - knots[interval]);
        return knot == interval ? 1 - rise : rise;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector<double>.Zero;
        for (var i = 0; i < left.Length; i += Vector<double>.Count) sums += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        return Vector.Sum(sums);
    }

    /// <summary>Room for numbers of a block, to be used for one after the other.</summary>
    internal sealed class Room
    {
        public double[] Means { get; } = new double[MostPixels];

        public double[] Behind { get; } = new double[MostPixels];

        public double[] Residual { get; } = new double[MostPixels];

        public double[] Weight { get; } = new double[MostPixels];

        public double[] Cross { get; } = new double[MostPixels];

        public double[] Row { get; } = new double[MostPixels];

        public double[] Logarithm { get; } = new double[MostPixels];
    }
}
