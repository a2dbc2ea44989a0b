using ClusterSurvey.Activities.Report;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tests.Report;

/// <summary>Images of a made-up cluster: a beta model with smooth blobs and noise, holes for point sources, a border without exposure.</summary>
internal static class SampleMaps
{
    public static ClusterMaps Of(int pixels, Seed seed)
    {
        var stream = seed.Stream();
        var (pixel, angle, e) = (2.1 / pixels, stream.NextUniform(-1.5, 1.5), stream.NextUniform(0.3, 0.75));
        var ellipse = new MapEllipse(pixels / 2.0 + stream.NextUniform(-2, 2), pixels / 2.0 + stream.NextUniform(-2, 2), angle, e);
        var blobs = Enumerable.Range(0, 14).Select(_ => (X: stream.NextUniform(0, pixels), Y: stream.NextUniform(0, pixels), Width: stream.NextUniform(3, 9), Height: 0.25 * stream.NextNormal())).ToArray();
        var holes = Enumerable.Range(0, 9).Select(_ => (X: stream.NextUniform(0, pixels), Y: stream.NextUniform(0, pixels), Radius: stream.NextUniform(1, 2.2))).ToArray();
        var count = pixels * pixels;
        var (usable, model, counts, exposure, fluctuation) = (new bool[count], new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (i % pixels, i / pixels);
            var rho = Radius(x - ellipse.CentreX, y - ellipse.CentreY, pixel, angle, e);
            var offAxis = Math.Sqrt((x - pixels / 2.0) * (x - pixels / 2.0) + (y - pixels / 2.0) * (y - pixels / 2.0)) / pixels;
            usable[i] = offAxis < 0.66 && holes.All(hole => (x - hole.X) * (x - hole.X) + (y - hole.Y) * (y - hole.Y) > hole.Radius * hole.Radius);
            exposure[i] = 5e7 * (1 - 0.9 * offAxis);
            model[i] = 6e-6 * Math.Pow(1 + rho * rho / 0.01, -1.3) + 2e-9;
            var bump = blobs.Sum(blob => blob.Height * Math.Exp(-((x - blob.X) * (x - blob.X) + (y - blob.Y) * (y - blob.Y)) / (2 * blob.Width * blob.Width)));
            counts[i] = usable[i] ? stream.NextPoisson(exposure[i] * model[i] * (1 + bump) * (1 + bump)) : 0;
            fluctuation[i] = (counts[i] - exposure[i] * model[i]) / (2 * exposure[i]);
        }
        MapImage Image(double[] values, string unit) => new(pixels, pixels, values, usable, unit);
        return new()
        {
            PixelR500 = pixel, Ellipse = ellipse, Fluctuation = Image(fluctuation, "counts s^{−1} kpc^{−2}"),
            Counts = Image(counts, "counts per pixel"), MeanModel = Image(model, "counts s^{−1} kpc^{−2}"), Exposure = Image(exposure, "s kpc^{2}"),
        };
    }

    private static double Radius(double dx, double dy, double pixel, double angle, double e)
    {
        var (cos, sin, squeeze) = (Math.Cos(angle), Math.Sin(angle), Math.Sqrt(1 - e * e));
        var (x, y) = (dx * cos - dy * sin, dy * cos + dx * sin);
        return pixel * Math.Sqrt(x * x / squeeze + y * y * squeeze);
    }
}
