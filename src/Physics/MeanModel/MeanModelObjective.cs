using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Minus the log posterior of the mean model, sum(mu - C ln mu) plus the prior, in the unconstrained space, with its gradient and its
/// expected curvature sum(dmu dmu^T / mu) plus the prior's (Fisher information).
/// </summary>
internal sealed class MeanModelObjective
{
    private const int Dimension = UnconstrainedSpace.Dimension;

    private readonly SurfaceBrightnessModel model;
    private readonly UnconstrainedSpace space;
    private readonly double[] dx, dy, counts, exposure, background, means;
    private readonly double[,] unusedHessian = new double[Dimension, Dimension];
    private readonly double[] row = new double[Dimension], profileDerivatives = new double[ProjectedProfile.Derivatives + 1];

    public MeanModelObjective(SurfaceBrightnessModel model, UnconstrainedSpace space)
    {
        (this.model, this.space) = (model, space);
        var maps = model.Maps;
        var valid = Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel]).ToArray();
        dx = [.. valid.Select(pixel => (pixel % maps.Width - maps.CentreX) * maps.PixelR500)];
        dy = [.. valid.Select(pixel => (pixel / maps.Width - maps.CentreY) * maps.PixelR500)];
        counts = [.. valid.Select(pixel => maps.Counts[pixel])];
        exposure = [.. valid.Select(pixel => maps.Exposure[pixel])];
        background = [.. valid.Select(pixel => maps.Background[pixel])];
        means = new double[valid.Length];
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
        var sum = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var (x, y) = (dx[i] - u[2], dy[i] - u[3]);
            var cluster = model.Profile.Value(shape.Squared(x, y), profileDerivatives);
            var mean = (cluster + sky) * exposure[i] + background[i];
            sum += mean - counts[i] * Math.Log(mean);
            FillRow(shape, x, y, cluster * exposure[i], sky * exposure[i], stretch);
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
        for (var i = 0; i < means.Length; i++) means[i] = shape.Squared(dx[i] - u[2], dy[i] - u[3]);
        model.Profile.Values(means);
        for (var i = 0; i < means.Length; i++) means[i] = (means[i] + sky) * exposure[i] + background[i];
    }

    private ShearedRadius Start(ReadOnlySpan<double> u, bool withDerivatives, out double sky)
    {
        var density = new DensityProfile(Power(u, 5), Power(u, 6), Power(u, 7), space.Value(u, 8), space.Value(u, 9));
        model.Profile.Update(density, withDerivatives);
        sky = Power(u, 4);
        return new ShearedRadius(u[0], u[1]);
    }

    private double Power(ReadOnlySpan<double> u, int i) => Math.Pow(10, space.Value(u, i));

    // d mu / du: the ellipse and the centre through rho^2, the profile through its table.
    private void FillRow(in ShearedRadius shape, double x, double y, double cluster, double sky, ReadOnlySpan<double> stretch)
    {
        const double ln10 = 2.302585092994046;
        var byRadius = cluster * profileDerivatives[0];
        row[0] = byRadius * shape.ByFirst(x, y);
        row[1] = byRadius * shape.BySecond(x, y);
        row[2] = -byRadius * shape.ByX(x, y);
        row[3] = -byRadius * shape.ByY(x, y);
        row[4] = sky * ln10 * stretch[4];
        row[5] = cluster * ln10 * stretch[5];
        row[6] = cluster * profileDerivatives[1] * ln10 * stretch[6];
        row[7] = cluster * profileDerivatives[2] * ln10 * stretch[7];
        row[8] = cluster * profileDerivatives[3] * stretch[8];
        row[9] = cluster * profileDerivatives[4] * stretch[9];
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
