using System.Text.Json;
using ClusterSurvey.Activities.Inspection;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tests.Fits;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Tests.Inspection;

public sealed class InspectorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_oddity_of_the_rosat_set_is_listed()
    {
        var report = Inspector.Inspect(SharedData.Path("maps", "rosat_a3158"));
        var set = Assert.Single(report.Parts, part => part.Kind == "map set");
        Assert.Equal(["counts", "exposure", "background"], set.Facts.Select(fact => fact.Name));
        Assert.Contains("1458 counts in 1319 pixels", Found(set, "counts_under_zero_exposure"), StringComparison.Ordinal);
        Assert.Contains("21748 pixels", Found(set, "background_under_zero_exposure"), StringComparison.Ordinal);
        var counts = Part(set, "b_37.fits.gz");
        Assert.Equal(11722, Number(counts, "sum"));
        Assert.Equal(16, Number(counts, "bitpix"));
        Assert.Equal(14.947308, Number(counts, "pixel_scale_arcsec"), 1e-9);
        Assert.Equal(["missing_unit", "obsolete_radecsys"], Codes(counts));
        var exposure = Part(set, "expose_mask_37.fits.gz");
        Assert.Equal(["exposure_unit_guessed", "missing_unit", "obsolete_radecsys", "unexposed_pixels"], Codes(exposure));
        Assert.Contains("3122.96, which look like s", Found(exposure, "exposure_unit_guessed"), StringComparison.Ordinal);
        Assert.Contains("110339 pixels", Found(exposure, "unexposed_pixels"), StringComparison.Ordinal);
        Assert.Equal(["negative_background", "obsolete_radecsys"], Codes(Part(set, "back_37.fits.gz")));
        Assert.Contains("100 pixels", Found(Part(set, "back_37.fits.gz"), "negative_background"), StringComparison.Ordinal);
        Assert.Equal(["no_image"], Codes(Part(report, "reference_depr.fits")));
        Assert.Equal("regions", Part(set, "test_region.reg").Kind);
    }

    [Fact]
    public void Every_oddity_of_the_xmm_set_is_listed()
    {
        var set = Assert.Single(Inspector.Inspect(SharedData.Path("maps", "xmm_a1835_mos2")).Parts);
        Assert.Equal("map set", set.Kind);
        var counts = Part(set, "P0098010101M2U009IMAGE_3000.FTZ");
        Assert.Equal(36174, Number(counts, "sum"));
        Assert.Equal(4.0, Number(counts, "pixel_scale_arcsec"), 1e-6);
        Assert.Equal(["gzip_without_suffix", "junk_unit", "long_header", "long_text", "obsolete_radecsys", "physical_coordinates", "tables_after_image"], Codes(counts));
        Assert.Contains("7 tables", Found(counts, "tables_after_image"), StringComparison.Ordinal);
        Assert.Contains(".FTZ", Found(counts, "gzip_without_suffix"), StringComparison.Ordinal);
        Assert.Contains("'Primary Array'", Found(counts, "junk_unit"), StringComparison.Ordinal);
        var exposure = Part(set, "P0098010101M2U009EXPMAP3000.FTZ");
        Assert.Contains("28168.1, which look like s", Found(exposure, "exposure_unit_guessed"), StringComparison.Ordinal);
        Assert.Contains("EXPOSURE 2.83374000000507E+04 beside a map that reaches 28168.1", Found(exposure, "exposure_keyword"), StringComparison.Ordinal);
        Assert.Contains("esplinemap", Found(Part(set, "P0098010101M2X000BKGMAP3000.FTZ"), "spline_background"), StringComparison.Ordinal);
        Assert.Contains("279725 pixels", Found(set, "background_under_zero_exposure"), StringComparison.Ordinal);
        Assert.DoesNotContain(set.Oddities, oddity => oddity.Code == "counts_under_zero_exposure");
    }

    [Fact]
    public void The_detector_masks_are_masks_in_an_extension()
    {
        var report = Inspector.Inspect(SharedData.Path("maps", "xmm_psz2g216_masks"));
        Assert.Equal(3, report.Parts.Count);
        foreach (var mask in report.Parts)
        {
            Assert.Equal("mask", mask.Facts.Single(fact => fact.Name == "role").Text);
            Assert.Equal((900, 1), (Number(mask, "width_pixels"), Number(mask, "image_hdu")));
            Assert.Equal(2.5, Number(mask, "pixel_scale_arcsec"), 1e-6);
            Assert.Contains("extension 1", Found(mask, "image_in_extension"), StringComparison.Ordinal);
            Assert.Contains("long_header", Codes(mask));
        }
    }

    [Fact]
    public void A_report_goes_to_text_and_to_json()
    {
        var report = Inspector.Inspect(SharedData.Path("maps", "rosat_a3158"));
        var text = report.ToText();
        Assert.Contains("1458 counts", text, StringComparison.Ordinal);
        Assert.Contains("sum: 11722", text, StringComparison.Ordinal);
        var back = JsonSerializer.Deserialize<InspectionReport>(JsonSerializer.Serialize(report))!;
        Assert.Equal(text, back.ToText());
        Assert.True(report.AllOddities().Count() >= 10);
    }

    [Fact]
    public void Sentinels_fractions_and_negative_counts_are_listed()
    {
        byte[] pixels = [0xC4, 0x79, 0xC0, 0, 0x3F, 0, 0, 0, 0xBF, 0, 0, 0, 0, 0, 0, 0]; // -999, 0.5, -0.5, 0
        var report = Inspector.Inspect(folder.File("counts.fits", FitsBytes.Primary(-32, 4, 1).Cards("BUNIT   = 'counts'", "EQUINOX = '2000.0'").Cards(FitsBytes.TangentPlane).End().Raw(pixels).Fill().ToArray()));
        Assert.Equal(["equinox_as_text", "fractional_counts", "missing_radesys", "negative_counts", "not_square", "sentinel"], Codes(report));
        Assert.Contains("1 pixels that hold -999", Found(report, "sentinel"), StringComparison.Ordinal);
        Assert.Contains("2 pixels with fractional", Found(report, "fractional_counts"), StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_names_sizes_and_directions_are_listed()
    {
        string[] turned = [.. FitsBytes.TangentPlane.Select(card => card.Replace("-0.001111111111", "0.001111111111", StringComparison.Ordinal)), "CROTA2  =                 20.0"];
        var file = FitsBytes.Primary(8, 2, 2).Cards(turned).Cards("BUNIT   = 'counts'", "RADECSYS= 'FK5     '", "RADESYS = 'FK5     '").End().Raw(new byte[4]);
        Assert.Equal(
            ["all_zero", "mirrored", "missing_equinox", "obsolete_radecsys", "plain_under_gz", "rotated", "unfilled_block"],
            Codes(Inspector.Inspect(folder.File("counts.fits.gz", file.ToArray()))));
        var two = FitsBytes.Primary(8, 2, 2).Cards(FitsBytes.TangentPlane).End().Raw(1, 2, 3, 4).Fill().Extension("IMAGE", 8, 2, 2).End().Raw(1, 2, 3, 4).Fill();
        Assert.Equal(["images_after_image", "mask_values", "missing_equinox", "missing_radesys"], Codes(Inspector.Inspect(folder.File("mask.fits", two.ToArray()))));
    }

    [Fact]
    public void Numbers_beyond_all_bounds_still_go_to_json()
    {
        byte[] huge = [0x7F, 0xE0, 0, 0, 0, 0, 0, 0, 0x7F, 0xE0, 0, 0, 0, 0, 0, 0]; // twice 9e307
        var report = Inspector.Inspect(folder.File("counts.fits", FitsBytes.Primary(-64, 2, 1).End().Raw(huge).Fill().ToArray()));
        Assert.Equal("Infinity", report.Facts.Single(fact => fact.Name == "sum").Text);
        Assert.Contains("\"Infinity\"", JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_names_a_file_once()
    {
        var path = folder.File("counts.fits", FitsBytes.Primary(24, 2, 1).End().Fill().ToArray());
        Assert.Equal($"{path}: unusable\n  file_bytes: 2880\n  error: [HDU 0] BITPIX: found 24, expected 8, 16, 32, 64, -32 or -64; correct the header, or name another file\n", Inspector.Inspect(path).ToText());
    }

    [Fact]
    public void An_exposure_in_cm2_s_is_told_by_its_values()
    {
        byte[] large = [0x4B, 0x18, 0x96, 0x80]; // 1e7
        var cards = FitsBytes.Primary(-32, 1, 1).Cards(FitsBytes.TangentPlane);
        Assert.Contains("look like cm2 s", Found(Inspector.Inspect(folder.File("expo.fits", cards.End().Raw(large).Fill().ToArray())), "exposure_unit_guessed"), StringComparison.Ordinal);
        var doubtful = FitsBytes.Primary(-32, 1, 1).Cards("BUNIT   = 's'").End().Raw(large).Fill().ToArray();
        Assert.Contains("under BUNIT 's'", Found(Inspector.Inspect(folder.File("expo.fits", doubtful)), "exposure_unit_doubtful"), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_whose_projections_differ_by_rounding_are_told_from_maps_that_do_not_match()
    {
        byte[] Map(string crpix, long width = 64) => FitsBytes.Primary(8, width, 64).Cards(FitsBytes.TangentPlane.Select(card => card.Replace("32.5", crpix, StringComparison.Ordinal))).End().Raw(new byte[width * 64]).Fill().ToArray();
        folder.File("mosaic_A1.fits", Map("32.5"));
        folder.File("mosaic_A1_expo.fits", Map("32.50001"));
        folder.File("mosaic_A1_bkg.fits", Map("33.5"));
        var set = Assert.Single(Inspector.Inspect(folder.Path).Parts);
        Assert.Contains("mosaic_A1_expo.fits 1.41E-05 pixels", Found(set, "wcs_rounding"), StringComparison.Ordinal);
        var differ = set.Oddities.Single(oddity => oddity.Code == "grids_differ");
        Assert.Equal(OdditySeverity.Error, differ.Severity);
        Assert.Contains("mosaic_A1_bkg.fits", differ.Problem.Where, StringComparison.Ordinal);
        folder.File("mosaic_A1_bkg.fits", Map("32.5", 60));
        Assert.Contains("60 x 64", Found(Assert.Single(Inspector.Inspect(folder.Path).Parts), "grids_differ"), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_a_finding_and_not_a_failure()
    {
        var report = Inspector.Inspect(SharedData.Path("maps", "damaged"));
        foreach (var file in (string[])["bad01_truncated.fits", "bad02_wrong_naxis.fits", "bad06_zero_length.fits", "bad07_not_fits.fits", "bad08_bad_bitpix.fits", "bad10_huge_naxis.fits"])
            Assert.Equal(("unusable", OdditySeverity.Error), (Part(report, file).Kind, Part(report, file).Oddities.Max(oddity => oddity.Severity)));
        Assert.Equal("image", Part(report, "ok_counts.fits").Kind);
        Assert.Equal("unknown", Part(report, "MANIFEST.csv").Kind);
        var tiles = Inspector.Inspect(SharedData.Path("maps", "formats", "comp.fits"));
        Assert.Contains("RICE_1", Found(tiles, "unusable"), StringComparison.Ordinal);
    }

    [Fact]
    public void Region_files_tell_their_shapes_and_their_signs()
    {
        var report = Inspector.Inspect(folder.File("a.reg", "fk5\ncircle(1,2,3)\n-box(1,2,3,4,0)\nimage;circle(1,2,3)"));
        Assert.Equal((3, 2, 1, 2, 1), (Number(report, "shapes"), Number(report, "shapes_on_sky"), Number(report, "subtracted_shapes"), Number(report, "circle_shapes"), Number(report, "box_shapes")));
        Assert.Equal(["pixel_regions", "some_subtracted"], Codes(report));
        Assert.Equal(["all_subtracted"], Codes(Inspector.Inspect(folder.File("b.reg", "fk5\n-circle(1,2,3)"))));
        Assert.Equal(["no_regions"], Codes(Inspector.Inspect(folder.File("c.reg", ""))));
        Assert.Equal(["bad_regions"], Codes(Inspector.Inspect(folder.File("d.reg", "fk5;bogus(1)"))));
    }

    [Fact]
    public void A_numpy_array_and_any_other_file_are_unknown()
    {
        var report = Inspector.Inspect(folder.File("a.npy", [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]));
        Assert.Equal(("unknown", "a NumPy array"), (report.Kind, Found(report, "unknown_format")));
        Assert.Equal("unknown", Inspector.Inspect(folder.File("a.txt", "hello")).Kind);
        Assert.Throws<BadInputException>(() => Inspector.Inspect(Path.Combine(folder.Path, "none")));
    }

    private static InspectionReport Part(InspectionReport report, string name) => report.Parts.Single(part => Path.GetFileName(part.Path) == name);

    private static string Found(InspectionReport report, string code) => report.Oddities.Single(oddity => oddity.Code == code).Problem.Found;

    private static double Number(InspectionReport report, string fact) => report.Facts.Single(f => f.Name == fact).Number!.Value;

    private static string[] Codes(InspectionReport report) => [.. report.Oddities.Select(oddity => oddity.Code).Order(StringComparer.Ordinal)];
}
