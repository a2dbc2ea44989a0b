using System.Globalization;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Support;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>The mean model on the real ROSAT counts of A3158 (6696 in the crop), against the beta model that pyproffit 0.8.2 fitted to them.</summary>
public class RealMapTests
{
    private const double PixelsPerMpc = 56.132515395125665;
    private const double R500Kpc = 1123;

    [Fact]
    public void A3158_by_ROSAT_is_fitted_as_well_as_by_pyproffit()
    {
        var counts = Table("crop_counts.csv");
        var reference = Table("crop_model.csv").SelectMany(row => row).ToArray();
        var maps = Maps(counts, Table("crop_mask.csv"));
        var posterior = new MeanModelFit().Run(new Seed(1), maps, TestContext.Current.CancellationToken);
        var model = posterior.Model(maps).Counts(posterior.Best);
        Assert.DoesNotContain(MeanModelFlag.NotConverged, posterior.Flags);
        // Same total within its noise, and no worse a description of the counts than the circular beta model.
        Assert.Equal(maps.Counts.Sum(), model.Sum(), 4 * Math.Sqrt(maps.Counts.Sum()));
        Assert.True(Statistic(maps, model) < Statistic(maps, reference), $"ours {Statistic(maps, model)}, pyproffit {Statistic(maps, reference)}");
    }

    [Fact]
    public void The_beta_model_of_A3158_is_found_again_from_a_Poisson_draw_of_it()
    {
        var reference = Table("crop_model.csv").SelectMany(row => row).ToArray();
        var maps = Maps(Table("crop_poisson_of_model.csv"), Table("crop_mask.csv"));
        var posterior = new MeanModelFit().Run(new Seed(2), maps, TestContext.Current.CancellationToken);
        var model = posterior.Model(maps).Counts(posterior.Best);
        Assert.InRange(posterior.Goodness.Excess, -4, 4);
        foreach (var (inner, outer, tolerance) in new[] { (0.0, 0.1, 0.12), (0.1, 0.25, 0.08), (0.25, 0.5, 0.08), (0.5, 1.0, 0.1) })
        {
            var ring = Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel] && Radius(maps, pixel) >= inner && Radius(maps, pixel) < outer).ToArray();
            Assert.Equal(1, ring.Sum(pixel => model[pixel]) / ring.Sum(pixel => reference[pixel]), tolerance);
        }
    }

    private static double Statistic(MapSet maps, double[] model) =>
        Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel] && model[pixel] > 0).Sum(pixel => CStatistic.Of(maps.Counts[pixel], model[pixel]));

    private static double Radius(MapSet maps, int pixel) =>
        maps.PixelR500 * Math.Sqrt(Math.Pow(pixel % maps.Width - maps.CentreX, 2) + Math.Pow(pixel / maps.Width - maps.CentreY, 2));

    // The crop carries no exposure map: a flat one of 10 ks stands in, and the sky background takes the rest.
    private static MapSet Maps(double[][] counts, double[][] maskTable)
    {
        var (height, width) = (counts.Length, counts[0].Length);
        bool[] mask = [.. maskTable.SelectMany(row => row).Select(value => value > 0)];
        var pixelKpc = 1000 / PixelsPerMpc;
        return new MapSet
        {
            Name = "A3158",
            Width = width,
            Height = height,
            Counts = [.. counts.SelectMany(row => row).Zip(mask, (value, usable) => usable ? value : 0)],
            Exposure = [.. mask.Select(usable => usable ? 1e4 * pixelKpc * pixelKpc : 0)],
            Background = new double[mask.Length],
            Mask = mask,
            ColumnDensityCm2 = 1.4e20,
            PixelR500 = pixelKpc / R500Kpc,
            R500Kpc = R500Kpc,
            Redshift = 0.0597,
            CentreX = (width - 1) / 2.0,
            CentreY = (height - 1) / 2.0,
        };
    }

    private static double[][] Table(string name) =>
        [.. File.ReadLines(SharedData.Path("golden", "mexican-hat-a3158", name)).Where(line => line.Length > 0)
            .Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
}
