using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Minus the log posterior of the mean model, sum(mu - C ln mu) plus the prior, in the unconstrained space, with its gradient and its
/// expected curvature sum(dmu dmu^T / mu) plus the prior's (Fisher information). A telescope spreads the cluster and its derivatives alike: they are
/// then computed on all pixels of the map, and not only on those with data.
/// </summary>
internal sealed class MeanModelObjective
{
    private const int Dimension = UnconstrainedSpace.Dimension, Sky = 4;

    private const double Ln10 = 2.302585092994046;

    // What is spread on a grid can fall below 0 by rounding, far from everything bright.
    private const double LeastMean = 1e-30;

    private readonly SurfaceBrightnessModel model;
    private readonly UnconstrainedSpace space;
    private readonly int[] drawn, data;
    private readonly double[] dx, dy, counts, exposure, background, means, cluster;
    private readonly double[][] derivatives;
    private readonly double[,] unusedHessian = new double[Dimension, Dimension];
    private readonly double[] row = new double[Dimension], profileDerivatives = new double[ProjectedProfile.Derivatives + 1];

    public MeanModelObjective(SurfaceBrightnessModel model, UnconstrainedSpace space)
    {
        (this.model, this.space) = (model, space);
        var maps = model.Maps;
        var valid = Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel]).ToArray();
        drawn = model.Psf is null ? valid : [.. Enumerable.Range(0, maps.PixelCount)];
        data = model.Psf is null ? [.. Enumerable.Range(0, valid.Length)] : valid;
        dx = [.. drawn.Select(pixel => (pixel % maps.Width - maps.CentreX) * maps.PixelR500)];
        dy = [.. drawn.Select(pixel => (pixel / maps.Width - maps.CentreY) * maps.PixelR500)];
        counts = [.. valid.Select(pixel => maps.Counts[pixel])];
        exposure = [.. valid.Select(pixel => maps.Exposure[pixel])];
        background = [.. valid.Select(pixel => maps.Background[pixel])];
        means = new double[valid.Length];
        cluster = new double[drawn.Length];
        derivatives = [.. Enumerable.Range(0, Dimension).Select(_ => new double[drawn.Length])];
    }

    /// <summary>Valid pixels.</summary>
    public int Pixels => counts.Length;

    /// <summary>The objective alone.</summary>
    public double Value(ReadOnlySpan<double> u)
    {
        FillMeans(u);
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(means);
        var countVectors = MemoryMarshal.Cast<double, Vector512<double>>(counts);
        var lanes = Vector512<double>.Zero;
        for (var v = 0; v < vectors.Length; v++) lanes += vectors[v] - countVectors[v] * Vector512.Log(vectors[v]);
        var sum = ProjectedProfile.Sum(lanes);
        for (var i = vectors.Length * Vector512<double>.Count; i < means.Length; i++) sum += means[i] - counts[i] * Math.Log(means[i]);
        return sum + space.AddPrior(u, stackalloc double[Dimension], unusedHessian);
    }

    /// <summary>The objective, its gradient, and (unless null) the expected curvature.</summary>
    public double Value(ReadOnlySpan<double> u, Span<double> gradient, double[,]? curvature)
    {
        var shape = Start(u, true, out var sky);
        gradient.Clear();
        var information = curvature ?? new double[Dimension, Dimension];
        Array.Clear(information);
        Span<double> stretch = stackalloc double[Dimension];
        for (var p = UnconstrainedSpace.Bounded; p < Dimension; p++) stretch[p] = space.Stretch(u, p);
        DrawDerivatives(shape, u, stretch);
        var maps = model.Psf is { } psf ? psf.Images([cluster, .. derivatives]) : [cluster, .. derivatives];
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var mean = Math.Max((maps[0][data[i]] + sky) * exposure[i] + background[i], LeastMean);
            sum += mean - counts[i] * Math.Log(mean);
            for (var p = 0; p < Dimension; p++) row[p] = maps[p + 1][data[i]] * exposure[i];
            row[Sky] = sky * Ln10 * stretch[Sky] * exposure[i];
            for (var p = 0; p < Dimension; p++) gradient[p] += row[p] * (1 - counts[i] / mean);
            if (curvature is not null) AddOuterProduct(information, 1 / mean);
        }
        Mirror(information);
        return sum + space.AddPrior(u, gradient, information);
    }

    /// <summary>C-statistic of the model with its expectation and standard deviation.</summary>
    public MeanModelGoodness Goodness(ReadOnlySpan<double> u)
    {
        FillMeans(u);
        double statistic = 0, expected = 0, variance = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var mean = means[i];
            statistic += CStatistic.Of(counts[i], mean);
            var (pixelMean, pixelVariance) = CStatistic.Moments(mean);
            expected += pixelMean;
            variance += pixelVariance;
        }
        return new MeanModelGoodness(statistic, expected - Dimension, Math.Sqrt(variance), counts.Length - Dimension);
    }

    private void FillMeans(ReadOnlySpan<double> u)
    {
        var shape = Start(u, false, out var sky);
        for (var i = 0; i < cluster.Length; i++) cluster[i] = shape.Squared(dx[i] - u[2], dy[i] - u[3]);
        model.Profile.Values(cluster);
        var image = model.Psf is { } psf ? psf.Image(cluster) : cluster;
        for (var i = 0; i < means.Length; i++) means[i] = Math.Max((image[data[i]] + sky) * exposure[i] + background[i], LeastMean);
    }

    private ShearedRadius Start(ReadOnlySpan<double> u, bool withDerivatives, out double sky)
    {
        var density = new DensityProfile(Power(u, 5), Power(u, 6), Power(u, 7), space.Value(u, 8), space.Value(u, 9));
        model.Profile.Update(density, withDerivatives);
        sky = Power(u, 4);
        return new ShearedRadius(u[0], u[1]);
    }

    private double Power(ReadOnlySpan<double> u, int i) => Math.Pow(10, space.Value(u, i));

    // The cluster's brightness and its derivatives by u: the ellipse and the centre through rho^2, the profile through its table; the sky's is no map.
    private void DrawDerivatives(in ShearedRadius shape, ReadOnlySpan<double> u, ReadOnlySpan<double> stretch)
    {
        for (var i = 0; i < drawn.Length; i++)
        {
            var (x, y) = (dx[i] - u[2], dy[i] - u[3]);
            var value = model.Profile.Value(shape.Squared(x, y), profileDerivatives);
            var byRadius = value * profileDerivatives[0];
            cluster[i] = value;
            derivatives[0][i] = byRadius * shape.ByFirst(x, y);
            derivatives[1][i] = byRadius * shape.BySecond(x, y);
            derivatives[2][i] = -byRadius * shape.ByX(x, y);
            derivatives[3][i] = -byRadius * shape.ByY(x, y);
            derivatives[5][i] = value * Ln10 * stretch[5];
            derivatives[6][i] = value * profileDerivatives[1] * Ln10 * stretch[6];
            derivatives[7][i] = value * profileDerivatives[2] * Ln10 * stretch[7];
            derivatives[8][i] = value * profileDerivatives[3] * stretch[8];
            derivatives[9][i] = value * profileDerivatives[4] * stretch[9];
        }
    }

    private void AddOuterProduct(double[,] information, double weight)
    {
        for (var p = 0; p < Dimension; p++)
        {
            var scaled = row[p] * weight;
            for (var q = 0; q <= p; q++) information[p, q] += scaled * row[q];
        }
    }

    private static void Mirror(double[,] information)
    {
        for (var p = 0; p < Dimension; p++)
            for (var q = 0; q < p; q++)
                information[q, p] = information[p, q];
    }
}
