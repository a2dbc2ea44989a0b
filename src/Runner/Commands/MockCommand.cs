using System.CommandLine;
using ClusterSurvey.Activities.Mocks;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>mock SAMPLE.csv: FITS map sets with known truth.</summary>
internal static class MockCommand
{
    public static Command Make()
    {
        var sample = new Argument<string>("sample") { Description = "sample table: a name in data/samples, or the path of a CSV file" };
        var folder = new Option<string>("--out") { Description = "folder for the maps and truth.csv", Required = true };
        var truth = new Option<string>("--truth")
        {
            Description = "true parameters: a name in data/truth, or the path of a JSON file (default: demo)", DefaultValueFactory = _ => "demo",
        };
        var seed = CommonOptions.SeedOption();
        var size = new Option<int>("--size")
        {
            Description = "pixels along each side of the maps, which span 2 R500 (default: 64)", DefaultValueFactory = _ => 64,
        };
        var exposure = new Option<double>("--exposure-ks") { Description = "exposure of each pointing, ks (default: 30)", DefaultValueFactory = _ => 30 };
        var field = new Option<string>("--field")
        {
            Description = "one-point statistics of the density fluctuations: gaussian or lognormal (default: gaussian)", DefaultValueFactory = _ => "gaussian",
        };
        field.AcceptOnlyFromAmong("gaussian", "lognormal");
        var holes = new Option<double>("--holes")
        {
            Description = "part of the exposed pixels that random holes cover, beside those of point sources (default: 0)", DefaultValueFactory = _ => 0,
        };
        var psf = CommonOptions.Psf("the instrument column of the sample (none where it names no known one)");
        var json = CommonOptions.Json();
        var command = new Command("mock", "Makes mock observations of a sample, with known truth.")
        {
            sample, folder, truth, seed, size, exposure, field, holes, psf, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (pixels, kiloseconds) = (parsed.GetValue(size), parsed.GetValue(exposure));
            if (pixels is < 16 or > 4096) throw new BadInputException("--size", $"{pixels}", "16 to 4096 pixels", "choose another size");
            if (!(kiloseconds > 0) || kiloseconds > 1e6)
                throw new BadInputException("--exposure-ks", $"{kiloseconds}", "above 0, at most 1e6", "choose another exposure");
            var fraction = parsed.GetValue(holes);
            if (!(fraction is >= 0 and <= MockPointing.MostHoles))
                throw new BadInputException("--holes", $"{fraction}", $"0 to {MockPointing.MostHoles}", "choose another part");
            var table = SampleTable.Read(ShippedData.Find("samples", parsed.GetRequiredValue(sample), ".csv"));
            var assumed = MockSample.ReadTruth(ShippedData.Find("truth", parsed.GetRequiredValue(truth), ".json"));
            var mock = new MockSample
            {
                Pixels = pixels, ExposureKs = kiloseconds, Truth = assumed, HoleFraction = fraction,
                Statistics = Enum.Parse<FieldStatistics>(parsed.GetRequiredValue(field), ignoreCase: true), Psf = PsfSetting.Parse(parsed.GetRequiredValue(psf), "--psf"),
            };
            Meter.Show("mock maps", table.Rows.Count, done =>
                mock.Write(CommonOptions.SeedOf(parsed, seed), table, parsed.GetRequiredValue(folder), done, cancellation));
            var place = Path.GetFullPath(parsed.GetRequiredValue(folder));
            if (parsed.GetValue(json)) Output.Json(new { folder = place, clusters = table.Names, truth = Path.Combine(place, MockSample.TruthName),
                psf = table.Rows.ToDictionary(row => row.Name, row => mock.PsfOf(row)?.InWords ?? "none") });
            else Output.Result($"{table.Rows.Count} clusters in {place}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
