using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Maps;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>Mock maps as the program writes them and as a survey reads them.</summary>
public sealed class MockTests : IDisposable
{
    private const int Size = 48;

    private readonly ScratchFolder folder = new();
    private readonly string sample;

    public MockTests()
    {
        var rows = File.ReadAllLines(Path.Combine(SharedData.RepositoryRoot, "data", "samples", "xcop.csv"));
        sample = folder.Write("two.csv", string.Join('\n', rows.Take(3)) + '\n');
    }

    public void Dispose() => folder.Dispose();

    private string Mock(string name, params string[] more)
    {
        SurveyProgram.Run(["mock", sample, "--out", folder[name], "--size", $"{Size}", .. more]).Expect(0);
        return folder[name];
    }

    private static double[] Counts(string maps) => FitsFile.ReadImage(Path.Combine(maps, "mosaic_A85.fits.gz")).Pixels;

    private static double Excluded(string maps)
    {
        var table = SampleTable.Read(Path.Combine(maps, "sample.csv"));
        var observation = NativeMapReader.Read(ClusterObservation.Of(table.Rows[0], MapLayout.Find(table, maps)[0]));
        var exposed = observation.Maps.Exposure.Select((seconds, i) => (seconds, i)).Where(pixel => pixel.seconds > 0).ToArray();
        return exposed.Count(pixel => observation.Maps.Excluded![pixel.i]) / (double)exposed.Length;
    }

    // Point sources alone cover some part; random holes are as likely to fall on it as elsewhere.
    [Fact]
    public void Random_holes_stand_in_the_region_files_and_cover_their_part()
    {
        string plain = Mock("plain"), holes = Mock("holes", "--holes", "0.1"), again = Mock("again", "--holes", "0.1");
        var (before, after) = (Excluded(plain), Excluded(holes));
        Assert.InRange(before, 0.02, 0.08);
        Assert.Equal(before + 0.1 * (1 - before), after, 0.015);
        foreach (var file in Directory.EnumerateFiles(holes)) Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(file))));
        Assert.Equal(Counts(plain), Counts(holes));
    }

    [Fact]
    public void A_sample_of_XMM_gets_its_point_spread_function_unless_told_otherwise()
    {
        var told = SurveyProgram.Run("mock", sample, "--out", folder["default"], "--size", $"{Size}", "--json").Expect(0).Json;
        Assert.StartsWith("0.653 of (King", told["psf"]!["A85"]!.GetValue<string>(), StringComparison.Ordinal);
        double[] sharp = Counts(Mock("sharp", "--psf", "none")), spread = Counts(folder["default"]), wide = Counts(Mock("wide", "--psf", "gaussian:180"));
        Assert.NotEqual(sharp, spread);
        // The core loses light to its surroundings; the sum stays, but for what a sky without an edge gives back.
        Assert.InRange(wide.Max() / sharp.Max(), 0.2, 0.9);
        Assert.Equal(1, wide.Sum() / sharp.Sum(), 0.03);
        // An instrument of which nothing is known has none.
        File.WriteAllText(sample, File.ReadAllText(sample).Replace(",XMM,", ",ROSAT,", StringComparison.Ordinal));
        Assert.Equal(sharp, Counts(Mock("unknown")));
    }

    // The brightest pixels of a log-normal sky are brighter, its voids milder.
    [Fact]
    public void Log_normal_fields_are_another_sky_with_the_same_light()
    {
        folder.Write("strong.json", """{"log10_sigma": -0.15, "log10_injection_scale": -0.7, "slope": 3.6667}""");
        string[] strong = ["--truth", folder["strong.json"], "--psf", "none", "--exposure-ks", "300"];
        double[] gaussian = Counts(Mock("gaussian", strong)), lognormal = Counts(Mock("lognormal", [.. strong, "--field", "lognormal"]));
        Assert.NotEqual(gaussian, lognormal);
        Assert.Equal(1, lognormal.Sum() / gaussian.Sum(), 0.15);
        Assert.Equal(lognormal, Counts(Mock("again", [.. strong, "--field", "lognormal"])));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(SurveyProgram.Interrupt)]
    public void A_mock_that_is_stopped_leaves_whole_files_and_no_truth_and_ends_as_if_nothing_had_happened(int? signal)
    {
        var whole = Mock("whole", "--seed", "5");
        // Maps of another seed stand there already, with their truth.
        var maps = Mock("stopped");
        using (var process = SurveyProgram.Start(folder.Path, "mock", sample, "--out", maps, "--size", $"{Size}", "--seed", "5"))
        {
            SurveyProgram.WaitFor(process, () => !File.Exists(Path.Combine(maps, "truth.csv")));
            if (signal is { } number) SurveyProgram.Signal(process, number);
            else process.Kill();
            SurveyProgram.Finish(process);
        }
        Assert.False(File.Exists(Path.Combine(maps, "truth.csv")));
        foreach (var file in Directory.EnumerateFiles(maps, "*.fits.gz")) Assert.Equal(Size * Size, FitsFile.ReadImage(file).Pixels.Length);
        if (signal is not null) Assert.Empty(Directory.EnumerateFiles(maps, "*.tmp"));
        File.WriteAllText(Path.Combine(maps, $"mosaic_A85.fits.gz.999999999-1@{Environment.MachineName}.tmp"), "what a killed process left");
        Mock("stopped", "--seed", "5");
        Assert.Equal(Files(whole), Files(maps));
        foreach (var file in Directory.EnumerateFiles(whole)) Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(maps, Path.GetFileName(file))));

        static IEnumerable<string> Files(string place) => Directory.EnumerateFiles(place).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
    }
}
