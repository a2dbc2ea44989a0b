using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Maps;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>spectrum: the fluctuation spectrum of one set of maps, in circular annuli.</summary>
internal sealed class SpectrumCommand
{
    // Without a redshift lengths are known in R500 only: any one stands for the others.
    private static readonly Redshift StandIn = new(0.1);

    private readonly Option<string> counts = new("--counts") { Description = "counts map (FITS)", Required = true };
    private readonly Option<string> exposure = new("--exposure") { Description = "exposure map (FITS)", Required = true };
    private readonly Option<string?> background = new("--background") { Description = "background map in counts (FITS)" };
    private readonly Option<string?> model = new("--model")
    {
        Description = "map of expected counts, background included (FITS); without it a mean model is fitted",
    };
    private readonly Option<string[]> masks = new("--mask") { Description = "region file or FITS mask of what to leave out; may be repeated" };
    private readonly Option<double> ra = new("--ra") { Description = "right ascension of the centre, degrees", Required = true };
    private readonly Option<double> dec = new("--dec") { Description = "declination of the centre, degrees", Required = true };
    private readonly Option<double> theta500 = new("--theta500") { Description = "angle of R500, arcmin", Required = true };
    private readonly Option<string> annuli = new("--annuli")
    {
        Description = "radii in R500 (default: 0,0.1,0.25,0.5,1)", DefaultValueFactory = _ => "0,0.1,0.25,0.5,1",
    };
    private readonly Option<string?> scales = new("--scales") { Description = "LO:HI:N in R500, geometric (default: from 0.05 or 3 pixels to 1, 12 of them)" };
    private readonly Option<string> filter = new("--filter")
    {
        Description = "how the power is computed: fast to one part in a thousand, or exact (default: fast)", DefaultValueFactory = _ => "fast",
    };
    private readonly Option<string> csv = new("--csv")
    {
        Description = "file for the result: region, scale_r500, power, null_power, s, n_pixels", Required = true,
    };

    private readonly Option<bool> json = CommonOptions.Json();

    public static Command Make() => new SpectrumCommand().Build();

    private Command Build()
    {
        var command = new Command("spectrum", "Measures the fluctuation spectrum of a set of maps in circular annuli.")
        {
            counts, exposure, background, model, masks, ra, dec, theta500, annuli, scales, filter, csv, json,
        };
        filter.AcceptOnlyFromAmong("fast", "exact");
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(parsed.GetValue(theta500) > 0))
            throw new BadInputException("--theta500", $"{parsed.GetValue(theta500)}", "an angle above 0 arcmin", "correct the option");
        var regions = Annuli(parsed.GetRequiredValue(annuli));
        var native = NativeMapReader.Read(Observation(parsed));
        try
        {
            var preparation = new MapPreparation
            {
                RebinFactor = 1, Counts = CountsPolicy.Clip, MinimumExposure = MapPreparation.UsualMinimumExposure, CutR500 = regions[^1].Outer,
            };
            var maps = preparation.Prepare(native.Maps, native.OnSky).Maps;
            var expected = parsed.GetValue(model) is { } file ? Given(file, native, preparation) : Fitted(maps, cancellation);
            var rows = Measure(parsed, maps, expected, regions).ToList();
            var result = parsed.GetRequiredValue(csv);
            CsvText.Write(result, ["region", "scale_r500", "power", "null_power", "s", "n_pixels"], rows.Select(row => row.Cells()));
            if (parsed.GetValue(json)) Output.Json(new { csv = result, rows });
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(parsed.GetRequiredValue(counts), unfit.InPlainWords(), "maps, annuli and scales that fit together", "see the message", unfit);
        }
        return ExitCode.Done;
    }

    private ClusterObservation Observation(ParseResult parsed) => new()
    {
        Name = Path.GetFileName(parsed.GetRequiredValue(counts)),
        RaDeg = parsed.GetValue(ra),
        DecDeg = parsed.GetValue(dec),
        Redshift = StandIn.Value,
        R500Kpc = Cosmology.Standard.Length(new Arcminute(parsed.GetValue(theta500)), StandIn).Value,
        ExposureUnit = "s",
        BackgroundFactor = 1,
        Counts = new InputFile(parsed.GetRequiredValue(counts)),
        Exposure = new InputFile(parsed.GetRequiredValue(exposure)),
        Background = parsed.GetValue(background) is { } path ? new InputFile(path) : null,
        Masks = [.. (parsed.GetValue(masks) ?? []).Select(mask => new InputFile(mask))],
    };

    // The map of expected counts goes the way of the counts map: the same crop, the same mask.
    private static double[] Given(string file, NativeObservation native, MapPreparation preparation)
    {
        var map = FitsFile.ReadImage(file);
        if ((map.Width, map.Height) != (native.Maps.Width, native.Maps.Height))
            throw new BadInputException(file, $"{map.Width} x {map.Height} pixels",
                $"{native.Maps.Width} x {native.Maps.Height} as the counts map has", "name the model of these counts");
        return preparation.Prepare(native.Maps with { Counts = map.Pixels }, native.OnSky).Maps.Counts;
    }

    private static double[] Fitted(MapSet maps, CancellationToken cancellation)
    {
        var posterior = new MeanModelFit().Run(new Seed(1), maps, cancellation);
        return posterior.Model(maps).Counts(posterior.Best);
    }

    private IEnumerable<SpectrumPoint> Measure(ParseResult parsed, MapSet maps, double[] expected, IReadOnlyList<RadialRegion> regions)
    {
        var range = new ScaleRange(Math.Max(0.05, ScaleGrid.SmallestScalePixels * maps.PixelR500), 1, 12);
        if (parsed.GetValue(scales) is { } text && !ScaleRange.TryParse(text, out range))
            throw new BadInputException("--scales", text, "LO:HI:N with 0 < LO < HI <= 1000 in R500 and N from 1 to 200", "write for example 0.1:1:8");
        var radius = Enumerable.Range(0, maps.PixelCount)
            .Select(pixel => (X: pixel % maps.Width - maps.CentreX, Y: pixel / maps.Width - maps.CentreY))
            .Select(offset => maps.PixelR500 * Math.Sqrt(Math.Pow(offset.X, 2) + Math.Pow(offset.Y, 2)))
            .ToArray();
        var design = SpectrumDesign.Of(regions, radius, maps.Mask, range.Values(),
            filter: Enum.Parse<FilterMode>(parsed.GetRequiredValue(filter), ignoreCase: true));
        var spectra = new RegionSpectra(design, maps.Width, maps.Height, maps.PixelR500, maps.Mask);
        double[] residual = new double[maps.PixelCount], variance = new double[maps.PixelCount], power = new double[design.Length];
        for (var i = 0; i < residual.Length; i++)
        {
            if (!maps.Mask[i]) continue;
            var seconds = maps.Exposure[i] / (maps.PixelKpc * maps.PixelKpc);
            residual[i] = (maps.Counts[i] - expected[i]) / (2 * seconds);
            variance[i] = expected[i] / (4 * seconds * seconds);
        }
        spectra.Measure(residual, power);
        var noise = spectra.ExpectedNoise(variance);
        for (var i = 0; i < power.Length; i++)
        {
            var (region, scale) = (i / range.Count, i % range.Count);
            var pixels = design.RegionPixels[region].Count(inside => inside);
            yield return new SpectrumPoint(
                design.RegionNames[region], design.ScalesR500[scale], power[i], noise[i], Math.Log(power[i]) - Math.Log(noise[i]), pixels);
        }
    }

    private static RadialRegion[] Annuli(string text)
    {
        var radii = text.Split(',')
            .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var radius) ? radius : double.NaN)
            .ToArray();
        if (radii.Length < 2 || radii[0] < 0 || !radii.Zip(radii.Skip(1)).All(pair => pair.First < pair.Second))
            throw new BadInputException("--annuli", text, "two or more rising radii in R500, separated by commas", "write for example 0,0.1,0.25,0.5,1");
        return [.. radii.Zip(radii.Skip(1)).Select(pair => Annulus(pair.First, pair.Second))];

        static RadialRegion Annulus(double inner, double outer)
            => new(string.Create(CultureInfo.InvariantCulture, $"{inner}-{outer}"), inner, outer);
    }

    private sealed record SpectrumPoint(
        string Region, [property: JsonPropertyName("scale_r500")] double ScaleR500, double Power,
        [property: JsonPropertyName("null_power")] double NullPower, double S, [property: JsonPropertyName("n_pixels")] int Pixels)
    {
        public string[] Cells()
            => [Region, CsvText.Number(ScaleR500), CsvText.Number(Power), CsvText.Number(NullPower), CsvText.Number(S), Pixels.ToString(CultureInfo.InvariantCulture)];
    }
}
