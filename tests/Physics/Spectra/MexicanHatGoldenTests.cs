using ClusterSurvey.Support;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>The filter against numbers that other codes computed.</summary>
public class MexicanHatGoldenTests
{
    // pyproffit 0.8.2 on the field of A3158, the columns computed in k space; zero-padded 512 x 512, epsilon 1e-3, np.var in a region.
    [Fact]
    public void A3158_agrees_with_the_k_space_reference_to_one_in_a_million()
    {
        const int width = 169, height = 170;
        const double epsilon = 1e-3, pixelsPerMpc = 56.132515395125665;
        var folder = SharedData.Path("golden", "mexican-hat-a3158");
        double[] Map(string name) => [.. GoldenTable.Numbers(Path.Combine(folder, name)).SelectMany(row => row)];
        double[] counts = Map("crop_counts.csv"), model = Map("crop_model.csv"), poisson = Map("crop_poisson_of_model.csv");
        bool[] mask = [.. Map("crop_mask.csv").Select(value => value > 0)];
        double[] Ratio(double[] map) => [.. map.Zip(model, (value, expected) => expected > 0 ? value / expected : 0)];
        bool[] Annulus(double inner, double outer) => [.. mask.Select((allowed, i) =>
        {
            var radius = Math.Sqrt(Math.Pow(i % width - width / 2.0, 2) + Math.Pow(i / width - height / 2.0, 2)) / pixelsPerMpc;
            return allowed && radius <= outer && (radius > inner || inner == 0);
        })];
        bool[][] regions = [Annulus(0, 1), Annulus(0, 0.25), Annulus(0.25, 0.5)];
        var rows = GoldenTable.Rows(Path.Combine(folder, "compare_kernels.csv"));
        double[] scales = [.. rows.Take(10).Select(row => GoldenTable.Number(row[1]) * Math.Sqrt(2) * Math.PI)];
        var filter = new MexicanHatFilter(width, height, 1, mask, scales, FilterBoundary.Padded, epsilon);

        var total = filter.Power(Ratio(counts), regions, FilterStatistic.Variance);
        var noise = filter.Power(Ratio(poisson), regions, FilterStatistic.Variance);

        for (var i = 0; i < rows.Length; i++)
        {
            AssertClose(GoldenTable.Number(rows[i][8]), total[i / 10][i % 10], 1e-6, $"total of {rows[i][0]} at {rows[i][1]}");
            AssertClose(GoldenTable.Number(rows[i][9]), noise[i / 10][i % 10], 1e-6, $"noise of {rows[i][0]} at {rows[i][1]}");
        }
    }

    // PITSZI 0.3.0's Arevalo estimator, periodic, epsilon 1e-3.
    [Fact]
    public void Power_law_fields_agree_with_the_periodic_reference()
    {
        const int side = 512;
        const double pixel = 3.0 / 512;
        var folder = SharedData.Path("golden", "mexican-hat-powerlaw");
        var white = NumpyFile.Read(Path.Combine(folder, "white_512.npy"));
        bool[] mask = [.. NumpyFile.Read(Path.Combine(folder, "mask_512.npy")).Select(value => value > 0)];
        bool[] all = [.. mask.Select(_ => true)];
        var rows = GoldenTable.Rows(Path.Combine(folder, "pitszi_arevalo_golden.csv"));
        double[] scales = [.. rows.Take(12).Select(row => 1 / GoldenTable.Number(row[1]))];
        var open = new MexicanHatFilter(side, side, pixel, all, scales, FilterBoundary.Periodic, 1e-3);
        var masked = new MexicanHatFilter(side, side, pixel, mask, scales, FilterBoundary.Periodic, 1e-3);
        foreach (var group in rows.Chunk(12))
        {
            var slope = GoldenTable.Number(group[0][0]);
            // The table's alpha is rounded; its spectrum is not.
            if (Math.Abs(slope - 11.0 / 3) < 1e-6) slope = 11.0 / 3;
            var field = PeriodicField.Of(white, side, pixel, k => Math.Pow(k, -slope));
            double[] openPower = open.Power(field, [all])[0], maskedPower = masked.Power(field, [mask])[0];
            for (var i = 0; i < group.Length; i++)
            {
                AssertClose(GoldenTable.Number(group[i][4]), openPower[i], 1e-5, $"alpha {slope}, k {group[i][1]}, no mask");
                AssertClose(GoldenTable.Number(group[i][5]), maskedPower[i], 1e-5, $"alpha {slope}, k {group[i][1]}, mask");
            }
        }
    }

    // One whole chain in float64; full filter mask, zero padding 50 and 256, and the limit of small epsilon.
    [Theory]
    [InlineData(1e-3, 5)]
    [InlineData(0, 6)]
    public void A_fluctuation_map_agrees_with_the_padded_reference(double epsilon, int column)
    {
        var chain = new FluctuationChain();
        var rows = GoldenTable.Rows(Path.Combine(chain.Folder, "golden_padded.csv"));
        foreach (var (quantity, file) in new[] { ("counts", "counts_0.npy"), ("null", "counts_null_0.npy") })
        {
            var power = chain.Power(chain.Map(file), epsilon);
            var expected = rows.Where(row => row[1] == quantity).ToArray();
            for (var i = 0; i < expected.Length; i++)
                AssertClose(GoldenTable.Number(expected[i][column]), power[i / 12][i % 12], 1e-5, $"{quantity}, annulus {expected[i][2]}, scale {expected[i][3]}");
        }
    }

    // The same chain before the Poisson draw. Its recipe is not written down; it is log-normal, base exp(delta - sigma^2/2) with the nominal sigma of 0.1, and
    // the background of 1 count per
    // pixel in which base and lam0 differ: that gives all 48 numbers, which base (1 + delta) misses by up to a tenth.
    [Fact]
    public void The_noiseless_fluctuation_map_is_log_normal_and_agrees()
    {
        var chain = new FluctuationChain();
        double[] delta = chain.Map("delta_0.npy"), cluster = chain.Map("base.npy");
        var rows = GoldenTable.Rows(Path.Combine(chain.Folder, "golden_pk.csv"));
        var power = chain.Power([.. cluster.Zip(delta, (counts, d) => counts * Math.Exp(d - 0.1 * 0.1 / 2) + 1)], 1e-3);
        var linear = chain.Power([.. cluster.Zip(delta, (counts, d) => counts * (1 + d) + 1)], 1e-3);
        var farthest = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var expected = GoldenTable.Number(rows[i][8]);
            AssertClose(expected, power[i / 12][i % 12], 1e-5, $"annulus {rows[i][4]}, scale {rows[i][5]}");
            farthest = Math.Max(farthest, Math.Abs(linear[i / 12][i % 12] / expected - 1));
        }
        Assert.InRange(farthest, 0.1, 0.2);
    }

    private sealed class FluctuationChain
    {
        private const int Side = 512;
        private const double Pixel = 0.005859375;

        private readonly bool[] mask;
        private readonly bool[][] regions;
        private readonly double[] model, scales;

        public FluctuationChain()
        {
            mask = [.. Map("mask.npy").Select(value => value > 0)];
            model = Map("lam0.npy");
            scales = [.. GoldenTable.Numbers(Path.Combine(Folder, "scales_R500.csv")).Select(row => row[0])];
            regions = [Annulus(0, 0.25), Annulus(0.25, 0.5), Annulus(0.5, 0.75), Annulus(0.75, 1)];
            Assert.Equal([5720, 16818, 28265, 39974], regions.Select(region => region.Count(inside => inside)));
        }

        public string Folder { get; } = SharedData.Path("golden", "fluctuation-map");

        public double[] Map(string name) => NumpyFile.Read(Path.Combine(Folder, name));

        public double[][] Power(double[] counts, double epsilon) => new MexicanHatFilter(Side, Side, Pixel, mask, scales, FilterBoundary.Padded, epsilon)
            .Power([.. counts.Zip(model, (value, expected) => expected > 0 ? value / expected : 0)], regions);

        private bool[] Annulus(double inner, double outer) => [.. mask.Select((allowed, i) =>
        {
            var radius = Pixel * Math.Sqrt(Math.Pow(i % Side - 255.5, 2) + Math.Pow(i / Side - 255.5, 2));
            return allowed && radius >= inner && radius < outer;
        })];
    }

    private static void AssertClose(double expected, double found, double relative, string where) =>
        Assert.True(Math.Abs(found / expected - 1) <= relative, $"{where}: found {found:g12}, expected {expected:g12}, apart by {found / expected - 1:e2}");
}
