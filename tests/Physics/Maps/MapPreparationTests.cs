using CsCheck;

namespace ClusterSurvey.Physics.Maps;

public class MapPreparationTests
{
    private const int Width = 90, Height = 70;

    [Fact]
    public void Every_native_pixel_of_the_box_is_inside_the_window() =>
        Gen.Select(Gen.Double[-20, 120], Gen.Double[3, 60], Gen.Int[1, 9]).Sample((centre, halfWidth, factor) =>
        {
            var window = PixelWindow.Around(centre, centre, halfWidth, factor);
            Assert.True(window.X0 <= Math.Ceiling(centre - halfWidth));
            Assert.True(window.X0 + window.Width * factor - 1 >= Math.Floor(centre + halfWidth));
            Assert.InRange(window.Width * factor, 2 * halfWidth + 1, 2 * halfWidth + 1 + factor);
            // The centre stays within half a native pixel of the window's middle.
            Assert.InRange(window.ToWorking(centre, 0).X * factor, ((window.Width - 1) / 2.0 * factor) - 0.51, ((window.Width - 1) / 2.0 * factor) + 0.51);
        });

    [Fact]
    public void Working_and_native_coordinates_are_inverse_and_keep_pixel_centres()
    {
        var window = new PixelWindow(-4, 7, 3, 20, 20);
        var (x, y) = window.ToWorking(12.25, 30.5);
        Assert.Equal((12.25, 30.5), window.ToNative(x, y));
        Assert.Equal((0.0, 0.0), window.ToWorking(-3, 8));
    }

    [Fact]
    public void Sums_over_blocks_keep_every_valid_count_and_second()
    {
        var native = Flat();
        native.Excluded![40 * Width + 50] = true;
        var prepared = Preparation with { RebinFactor = 4 };
        var maps = prepared.Prepare(native, Cluster).Maps;
        var window = prepared.Window(Cluster);
        var pixels = NativePixels(window).Where(pixel => !native.Excluded[pixel]).ToArray();
        var pixelKpc = maps.PixelKpc / 4;
        Assert.Equal(pixels.Sum(pixel => native.Counts[pixel]), maps.Counts.Sum(), 1e-9);
        Assert.Equal(pixels.Length * 1000 * pixelKpc * pixelKpc, maps.Exposure.Sum(), 1e-4);
        Assert.Equal(pixels.Length * 0.25, maps.Background.Sum(), 1e-9);
    }

    [Fact]
    public void The_wished_number_of_pixels_sets_the_factor()
    {
        var window = new MapPreparation { PixelsAcross = 20 }.Window(Cluster);
        Assert.Equal(3, window.Factor);
        Assert.InRange(window.Width, 19, 22);
        Assert.Equal(1, new MapPreparation { PixelsAcross = 5000 }.Window(Cluster).Factor);
    }

    [Fact]
    public void The_pixel_in_R500_times_the_pixels_across_is_the_box()
    {
        var maps = Preparation.Prepare(Flat(), Cluster).Maps;
        Assert.InRange(maps.PixelR500 * maps.Width, 2, 2 + 3 * maps.PixelR500);
        Assert.Equal(Cosmology.Standard.LengthPerArcminute(Cluster.Redshift).Value * 0.5, maps.PixelKpc / Preparation.Window(Cluster).Factor, 1e-9);
    }

    [Fact]
    public void Pixels_in_chip_gaps_are_left_out_of_survey_maps()
    {
        var native = Flat();
        native.Exposure[At(45, 35)] *= 1e-6;
        native.Exposure[At(52, 35)] *= 0.5;
        var faint = Preparation with { RebinFactor = 1, MinimumExposure = MapPreparation.UsualMinimumExposure };
        var prepared = faint.Prepare(native, Cluster);
        AssertFinding(prepared, MapFindingKind.FaintExposure, 1, native.Counts[At(45, 35)]);
        Assert.Equal((faint with { MinimumExposure = 0 }).Prepare(native, Cluster).Maps.Mask.Count(usable => usable) - 1, prepared.Maps.Mask.Count(usable => usable));
    }

    [Fact]
    public void Oddities_are_masked_cleaned_and_counted()
    {
        var native = Flat();
        native.Exposure[At(45, 35)] = double.NaN;
        native.Exposure[At(46, 35)] = -999;
        native.Exposure[At(47, 35)] = 0;
        native.Counts[At(47, 35)] = 5;
        native.Counts[At(48, 35)] = double.PositiveInfinity;
        native.Background![At(49, 35)] = -0.5;
        native.Background![At(50, 35)] = double.NaN;
        var prepared = Preparation.Prepare(native, Cluster);
        AssertFinding(prepared, MapFindingKind.NonFiniteExposure, 1, 0);
        AssertFinding(prepared, MapFindingKind.NegativeExposure, 1, -999);
        AssertFinding(prepared, MapFindingKind.CountsWithoutExposure, 1, 5);
        AssertFinding(prepared, MapFindingKind.NonFiniteCounts, 1, 0);
        AssertFinding(prepared, MapFindingKind.NegativeBackground, 1, 0.5);
        AssertFinding(prepared, MapFindingKind.NonFiniteBackground, 1, 0);
        Assert.Equal(6, prepared.Findings.Count);
        Assert.Equal(5, prepared.Maps.Mask.Count(usable => !usable));
        Assert.All(prepared.Findings, finding => Assert.NotEmpty(finding.Describe()));
    }

    [Fact]
    public void Clean_maps_have_no_findings() => Assert.Empty(Preparation.Prepare(Flat(), Cluster).Findings);

    [Fact]
    public void Negative_and_fractional_counts_follow_the_policy()
    {
        var native = Flat();
        native.Counts[At(45, 35)] = -2;
        native.Counts[At(46, 35)] = 3.75;
        var error = Assert.Throws<ArgumentException>(() => Preparation.Prepare(native, Cluster));
        Assert.Contains("(45, 35)", error.Message, StringComparison.Ordinal);
        var clean = Preparation.Prepare(Flat(), Cluster).Maps.Counts.Sum() - native.Counts[At(44, 35)] * 2;
        var rounded = (Preparation with { Counts = CountsPolicy.Round }).Prepare(native, Cluster);
        Assert.Equal(clean + 4, rounded.Maps.Counts.Sum(), 1e-9);
        AssertFinding(rounded, MapFindingKind.FractionalCountsRounded, 1, 0.25);
        AssertFinding(rounded, MapFindingKind.NegativeCounts, 1, 2);
        var clipped = (Preparation with { Counts = CountsPolicy.Clip }).Prepare(native, Cluster);
        Assert.Equal(clean + 3.75, clipped.Maps.Counts.Sum(), 1e-9);
        AssertFinding(clipped, MapFindingKind.FractionalCountsKept, 1, 0);
    }

    [Fact]
    public void A_window_beyond_the_map_is_masked_there_and_said()
    {
        var prepared = Preparation.Prepare(Flat(), Cluster with { CentreX = 5 });
        var beyond = Assert.Single(prepared.Findings);
        Assert.Equal(MapFindingKind.BeyondMap, beyond.Kind);
        Assert.True(prepared.Window.X0 < 0);
        Assert.False(prepared.Maps.Mask[0]);
        Assert.Equal(prepared.Maps.Width, prepared.Maps.Height);
    }

    [Fact]
    public void An_exposure_in_cm2_s_becomes_equivalent_seconds()
    {
        var seconds = Preparation.Prepare(Flat(), Cluster).Maps;
        var native = Flat();
        var area = Preparation.Prepare(native with { Exposure = [.. native.Exposure.Select(e => e * MapPreparation.NominalAreaCm2)], ExposureUnit = ExposureUnit.SquareCentimetreSeconds }, Cluster).Maps;
        Assert.Equal(seconds.Exposure.Sum(), area.Exposure.Sum(), 1e-4);
    }

    [Fact]
    public void Column_densities_are_averaged_over_valid_pixels()
    {
        var columns = Enumerable.Repeat(5e20, Width * Height).ToArray();
        columns[At(45, 35)] = double.NaN;
        var prepared = Preparation.Prepare(Flat() with { ColumnDensityCm2 = columns }, Cluster);
        Assert.Equal(5e20, prepared.Maps.ColumnDensityCm2, 1e10);
        AssertFinding(prepared, MapFindingKind.BadColumnDensity, 1, 0);
        Assert.Equal(3e20, Preparation.Prepare(Flat(), Cluster).Maps.ColumnDensityCm2);
    }

    [Fact]
    public void A_block_needs_its_share_of_valid_pixels()
    {
        var native = Flat();
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                native.Excluded![At(x, y)] = (x + y) % 3 != 0;
        var preparation = Preparation with { RebinFactor = 3 };
        Assert.All(preparation.Prepare(native, Cluster).Maps.Mask, Assert.True);
        Assert.Throws<ArgumentException>(() => (preparation with { MinimumCoverage = 0.5 }).Prepare(native, Cluster));
    }

    [Fact]
    public void Maps_of_different_shapes_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Preparation.Prepare(Flat() with { Exposure = new double[7] }, Cluster));
        Assert.Contains("Exposure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_outside_the_map_is_refused() =>
        Assert.Throws<ArgumentException>(() => Preparation.Prepare(Flat(), Cluster with { CentreX = 4000 }));

    private static MapPreparation Preparation { get; } = new() { RebinFactor = 1 };

    // Half arcminute pixels and an R500 of 30 of them.
    private static ClusterOnSky Cluster { get; } = new()
    {
        CentreX = 45.3,
        CentreY = 34.6,
        PixelSize = new Arcminute(0.5),
        Redshift = new Redshift(0.07),
        R500 = Cosmology.Standard.Length(new Arcminute(15), new Redshift(0.07)),
    };

    private static int At(int x, int y) => y * Width + x;

    private static NativeMaps Flat() => new()
    {
        Name = "flat",
        Width = Width,
        Height = Height,
        Counts = [.. Enumerable.Range(0, Width * Height).Select(pixel => 2.0 + pixel / Width % 2)],
        Exposure = [.. Enumerable.Repeat(1000.0, Width * Height)],
        Background = [.. Enumerable.Repeat(0.25, Width * Height)],
        Excluded = new bool[Width * Height],
    };

    private static IEnumerable<int> NativePixels(PixelWindow window) =>
        from y in Enumerable.Range(window.Y0, window.Height * window.Factor)
        from x in Enumerable.Range(window.X0, window.Width * window.Factor)
        where x is >= 0 and < Width && y is >= 0 and < Height
        select At(x, y);

    private static void AssertFinding(PreparedMaps prepared, MapFindingKind kind, int pixels, double amount)
    {
        var finding = Assert.Single(prepared.Findings, finding => finding.Kind == kind);
        Assert.Equal(pixels, finding.Pixels);
        Assert.Equal(amount, finding.Amount, 1e-9);
    }
}
