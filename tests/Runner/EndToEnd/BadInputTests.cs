using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>What the user got wrong is said in one line each, with where and what to do; the exit code is 2, and nothing is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "name,ra_deg,dec_deg,redshift,r500_kpc,counts,exposure\n";

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Damaged(string file) => SharedData.Path("maps", "damaged", file);

    [Fact]
    public void Everything_that_is_wrong_with_a_survey_is_said_at_once()
    {
        var sample = folder.Write("sample.csv", Header + "A,10,20,0.1,1000,a.fits,e.fits\nB,11,21,,1000,,\nC,12,22,0.1,,,\n");
        var outcome = Refused("run", "cluster-survey", "--sample", sample, "--maps", folder.Path, "--set", "simulatoins=100", "--set", "grid=2");
        Says(outcome, "simulatoins", "did you mean 'simulations'?");
        Says(outcome, "grid", "8 to 256");
        Says(outcome, "sample.csv:3 (B)", "redshift");
        Says(outcome, "sample.csv:4 (C)", "r500_kpc");
    }

    [Fact]
    public void Cells_names_and_files_that_are_wrong_are_said_together()
    {
        var sample = folder.Write("sample.csv", Header + "A,10,20,,1000,a.fits,e.fits\nB,11,21,0.1,1000,b.fits,e.fits\nB,11,21,0.1,1000,,\n");
        var outcome = Refused("run", "cluster-survey", "--sample", sample, "--maps", folder.Path, "--clusters", "A,B,C");
        Says(outcome, "sample.csv:2 (A)", "redshift");
        Says(outcome, "'B' on lines 3, 4");
        Says(outcome, "no cluster 'C'", "choose from A, B");
        Says(outcome, "a.fits");
        Says(outcome, "sample.csv:4 (B)", "mosaic_B");
    }

    [Fact]
    public void Changes_are_held_against_the_settings_that_they_change()
    {
        var settings = folder.Write("fine.json", """{"pixels_across": 512}""");
        var outcome = Refused("run", "cluster-survey", "--sample", "nowhere.csv", "--survey", settings, "--set", "scales=0.02:1:8");
        Assert.DoesNotContain("pixels", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_maps_of_all_rows_are_named_before_one_is_opened()
    {
        var sample = folder.Write("sample.csv", Header + "A,10,20,0.1,1000,a.fits,e.fits\nB,11,21,0.1,1000,,\n");
        var outcome = Refused("run", "cluster-survey", "--sample", sample, "--maps", folder.Path);
        Says(outcome, "a.fits");
        Says(outcome, "e.fits");
        Says(outcome, "mosaic_B");
    }

    [Theory]
    [InlineData("--clusters", "A84", "did you mean 'A85'?")]
    [InlineData("--survey", "dmeo", "did you mean 'demo'?")]
    [InlineData("--set", "scales=0.01:1:8", "pixels")]
    [InlineData("--set", "simulations", "KEY=VALUE")]
    [InlineData("--set", "null=meen", "did you mean 'mean'?")]
    [InlineData("--set", "prior=nowhere.json", "nowhere.json")]
    [InlineData("--simulations", "-5", "10 to 10000000")]
    [InlineData("--sample", "nowhere.csv", "nowhere.csv")]
    [InlineData("--seed", "minus one", "seed")]
    [InlineData("--set", "psf=gausian", "gaussian:HALF_ENERGY_WIDTH")]
    [InlineData("--set", "unresolved_power=3", "LO:HI")]
    public void A_wrong_option_is_named_with_its_remedy(string option, string value, string says)
    {
        var sample = folder.Write("sample.csv", Header + $"A85,10,20,0.1,1000,{Damaged("ok_counts.fits")},{Damaged("ok_exposure.fits")}\n");
        string[] more = option == "--sample" ? [option, value] : ["--sample", sample, option, value];
        Says(Refused(["run", "cluster-survey", "--maps", folder.Path, .. more]), says);
    }

    [Theory]
    [InlineData("cluster-survye", "did you mean 'cluster-survey'?")]
    [InlineData("nowhere.json", "nowhere.json")]
    public void A_definition_that_is_not_there_is_named(string definition, string says) => Says(Refused("run", definition), says);

    [Theory]
    [InlineData("bad07_not_fits.fits", "ok_exposure.fits", "bad07_not_fits.fits")]
    [InlineData("bad01_truncated.fits", "ok_exposure.fits", "bad01_truncated.fits")]
    [InlineData("bad05_missing_wcs.fits", "ok_exposure.fits", "CTYPE")]
    [InlineData("ok_counts.fits", "bad04_mismatched_shape_exposure.fits", "60")]
    public void Maps_that_cannot_be_used_are_named(string counts, string exposure, string says)
    {
        var outcome = Refused("spectrum", "--counts", Damaged(counts), "--exposure", Damaged(exposure), "--ra", "10", "--dec", "20", "--theta500", "5", "--csv", folder["out.csv"]);
        Says(outcome, says);
    }

    [Fact]
    public void A_centre_beyond_the_map_is_named()
        => Says(Refused("spectrum", "--counts", SharedData.Path("maps", "rosat_a3158", "b_37.fits.gz"), "--exposure", SharedData.Path("maps", "rosat_a3158", "expose_mask_37.fits.gz"), "--ra", "200", "--dec", "2", "--theta500", "5", "--csv", folder["out.csv"]), "b_37.fits.gz", "ra_deg");

    [Fact]
    public void Arrays_that_do_not_fit_are_named()
    {
        Activities.Tables.Npy.Write(folder["image.npy"], new double[64 * 64], 64, 64);
        Activities.Tables.Npy.Write(folder["mask.npy"], new double[60 * 64], 60, 64);
        folder.Write("text.fits", "This is no FITS file.");
        string[] rest = ["--pixel", "0.1", "--scales", "0.5,1", "--csv", folder["out.csv"]];
        Says(Refused(["hat", "--image", folder["image.npy"], "--mask", folder["mask.npy"], .. rest]), "mask.npy", "64 x 60", "64 x 64");
        Says(Refused(["hat", "--image", folder["text.fits"], "--mask", folder["mask.npy"], .. rest]), "text.fits");
        Says(Refused(["hat", "--image", folder["image.npy"], "--mask", folder["image.npy"], .. rest]), "mask");
    }

    [Theory]
    [InlineData("0.1", "1e9", "pixels of 0.1")]
    [InlineData("1e-300", "1", "pixels of 1E-300")]
    [InlineData("0.1", "0.01", "1 to 1000000 pixels")]
    [InlineData("-1", "1", "--pixel")]
    public void Scales_that_no_image_has_are_refused(string pixel, string scale, string says)
        => Says(Refused("hat", "--image", "none.npy", "--mask", "none.npy", "--pixel", pixel, "--scales", scale, "--csv", folder["out.csv"]), says);

    [Theory]
    [InlineData("{}", "pixels")]
    [InlineData("""{"pixels": -3, "box_r500": 2, "depth_r500": 4, "depth_cells": 64, "model": {"rc": 0.1, "rs": 0.7, "beta": 0.6, "epsilon": 2.5}, "source_counts": 1, "background_fraction": 0}""", "pixels")]
    [InlineData("""{"pixels": 2000000, "box_r500": 2, "depth_r500": 4, "depth_cells": 64, "model": {"rc": 0.1, "rs": 0.7, "beta": 0.6, "epsilon": 2.5}, "source_counts": 1, "background_fraction": 0}""", "pixels")]
    [InlineData("""{"pixles": 32}""", "pixels")]
    [InlineData("pixels: 32", "geometry.json")]
    [InlineData("null", "null")]
    [InlineData("""{"pixels": 32, "box_r500": 2, "depth_r500": 4, "depth_cells": 64, "model": null, "source_counts": 1, "background_fraction": 0}""", "model is null")]
    [InlineData("""{"pixels": 32, "box_r500": 2, "depth_r500": 4, "depth_cells": 64, "model": {"rc": 0.1, "rs": 0.7, "beta": 0.6, "epsilon": 2.5}, "source_counts": 1, "background_fraction": 0, "theta500_arcmin": -3}""", "theta500")]
    public void A_geometry_that_cannot_be_is_refused(string geometry, string says)
        => Says(Refused("simulate", "--geometry", folder.Write("geometry.json", geometry), "--n", "4", "--scales", "0.3:1:3", "--out", folder["out.parquet"]), "geometry.json", says);

    [Theory]
    [InlineData("--n", "0", "--n")]
    [InlineData("--n", "2000000000", "--n")]
    [InlineData("--scales", "0.01:1:3", "pixels")]
    [InlineData("--scales", "1:0.1", "LO:HI:N")]
    [InlineData("--prior", "nowhere.json", "nowhere.json")]
    [InlineData("--theta", "nowhere.csv", "nowhere.csv")]
    [InlineData("--psf", "kign", "king:CORE_RADIUS:SLOPE")]
    [InlineData("--psf", "gaussian:-3", "--psf")]
    public void A_simulation_that_cannot_be_is_refused(string option, string value, string says)
    {
        var geometry = folder.Write("geometry.json", """{"pixels": 32, "box_r500": 2, "depth_r500": 4, "depth_cells": 64, "model": {"rc": 0.1, "rs": 0.7, "beta": 0.6, "epsilon": 2.5}, "source_counts": 1000, "background_fraction": 0}""");
        string[] more = option == "--n" ? [option, value] : ["--n", "4", option, value];
        Says(Refused(["simulate", "--geometry", geometry, "--out", folder["out.parquet"], .. more]), says);
    }

    [Theory]
    [InlineData("--holes", "0.9", "--holes")]
    [InlineData("--holes", "nan", "--holes")]
    [InlineData("--field", "uniform", "lognormal")]
    [InlineData("--psf", "kign", "--psf")]
    [InlineData("--size", "3", "--size")]
    public void A_mock_that_cannot_be_is_refused(string option, string value, string says) => Says(Refused("mock", "xcop", "--out", folder["out maps"], option, value), says);

    [Fact]
    public void A_place_where_nothing_can_be_written_is_said()
    {
        var file = folder.Write("a file", "");
        Says(Refused("mock", "xcop", "--out", Path.Combine(file, "maps"), "--size", "16"), "a file");
        Says(Refused("runs", "--out", file), "--out", "a file");
        var json = Refused("mock", "xcop", "--out", file, "--size", "16", "--json").Json;
        Assert.Equal(file, json["problems"]![0]!["where"]!.GetValue<string>());
    }

    // Every case writes to a file out... or to the folder runs; neither may be there afterwards.
    private SurveyProgram.Outcome Refused(params string[] arguments)
    {
        var outcome = SurveyProgram.RunIn(folder.Path, arguments[0] == "run" ? [.. arguments, "--out", folder["runs"]] : arguments).Expect(ExitCode.BadInput);
        Assert.All(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path, "out*"));
        Assert.False(Directory.Exists(folder["runs"]));
        return outcome;
    }

    private static void Says(SurveyProgram.Outcome outcome, params string[] words)
        => Assert.Contains(outcome.Errors.Split('\n'), line => words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
