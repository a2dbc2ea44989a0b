using System.Globalization;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Support;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>The mean model on the real ROSAT counts of A3158 (6696 in the crop), against the beta model that pyproffit 0.8.2 fitted to them.</summary>
public class RealMapTests
{
    private const double PixelsPerMpc = 56.132515395125665;

    private static readonly MapPreparation Preparation = new() { RebinFactor = 3 };

    [Fact]
    public void A3158_by_ROSAT_is_fitted_as_well_as_by_pyproffit()
    {
        var (maps, window, _) = Prepare("crop_counts.csv");
        var reference = Reference(window);
        var posterior = new MeanModelFit().Run(new Seed(1), maps, TestContext.Current.CancellationToken);
        var model = posterior.Model(maps).Counts(posterior.Best);
        Assert.DoesNotContain(MeanModelFlag.NotConverged, posterior.Flags);
        // The same total within its noise, and no worse a description of the counts than the circular beta model.
        Assert.Equal(maps.Counts.Sum(), model.Sum(), 4 * Math.Sqrt(maps.Counts.Sum()));
        Assert.True(Statistic(maps, model) < Statistic(maps, reference), $"ours {Statistic(maps, model)}, pyproffit {Statistic(maps, reference)}");
    }

    [Fact]
    public void The_beta_model_of_A3158_is_found_again_from_a_Poisson_draw_of_it()
    {
        var (maps, window, _) = Prepare("crop_poisson_of_model.csv");
        var reference = Reference(window);
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
    private static PreparedMaps Prepare(string countsTable)
    {
        var (counts, mask) = (Table(countsTable), Table("crop_mask.csv").SelectMany(row => row).ToArray());
        var redshift = new Redshift(0.0597);
        var native = new NativeMaps
        {
            Name = "A3158",
            Width = counts[0].Length,
            Height = counts.Length,
            Counts = [.. counts.SelectMany(row => row)],
            Exposure = [.. mask.Select(value => value > 0 ? 1e4 : 0)],
        };
        return Preparation.Prepare(native, new ClusterOnSky
        {
            CentreX = (native.Width - 1) / 2.0,
            CentreY = (native.Height - 1) / 2.0,
            PixelSize = Cosmology.Standard.Angle(new Kiloparsec(1000 / PixelsPerMpc), redshift),
            Redshift = redshift,
            R500 = new Kiloparsec(1123),
            ColumnDensityCm2 = 1.4e20,
        });
    }

    // pyproffit's model image on the same blocks.
    private static double[] Reference(PixelWindow window)
    {
        var (table, mask) = (Table("crop_model.csv"), Table("crop_mask.csv"));
        var sums = new double[window.Width * window.Height];
        for (var y = 0; y < table.Length; y++)
        {
            for (var x = 0; x < table[y].Length; x++)
            {
                var (blockX, blockY) = ((int)Math.Floor((double)(x - window.X0) / window.Factor), (int)Math.Floor((double)(y - window.Y0) / window.Factor));
                if (mask[y][x] > 0 && blockX >= 0 && blockX < window.Width && blockY >= 0 && blockY < window.Height) sums[blockY * window.Width + blockX] += table[y][x];
            }
        }
        return sums;
    }

    private static double[][] Table(string name) =>
        [.. File.ReadLines(SharedData.Path("golden", "mexican-hat-a3158", name)).Where(line => line.Length > 0)
            .Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
}
