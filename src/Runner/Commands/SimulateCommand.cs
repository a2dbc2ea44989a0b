using System.CommandLine;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Maps;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>simulate: spectra of simulated maps of one cluster.</summary>
internal sealed class SimulateCommand
{
    // More values of sigma would cost little, and tell little: they share their field.
    private const int SigmasPerField = 4;

    // As many as the settings of a survey allow: their parameters are drawn before the first is simulated.
    private const int MostRows = 10_000_000;

    private readonly Option<string?> mapSet = new("--map-set") { Description = "folder with sample.csv and the maps of a cluster" };
    private readonly Option<string?> cluster = new("--cluster") { Description = "the cluster of sample.csv, when it has several" };
    private readonly Option<string?> geometry = new("--geometry") { Description = "geometry.json: a circular cluster" };
    private readonly Option<int> count = new("--n") { Description = "how many simulations", Required = true };
    private readonly Option<string> file = new("--out") { Description = "table of simulations (.parquet)", Required = true };
    private readonly Option<string?> theta = new("--theta") { Description = "parameters, row by row (CSV, .npy, Parquet); repeated to --n" };
    private readonly Option<string> prior = new("--prior")
    {
        Description = "prior from which the parameters are drawn, four values of sigma for each random field: "
            + "a name in data/priors, or a file (default: survey)",
        DefaultValueFactory = _ => "survey",
    };
    private readonly Option<ulong> seed = CommonOptions.SeedOption();
    private readonly Option<string> simulator = new("--simulator")
    {
        Description = "cube: a three-dimensional field; projected: the field as it appears in projection; "
            + "auto: projected where it was shown to agree with the cube, the cube elsewhere",
        DefaultValueFactory = _ => "auto",
    };
    private readonly Option<string> secondOrder = new("--second-order")
    {
        Description = "mean of (1 + delta)^2: left in, divided out, or divided out and a smooth factor fitted to every map", DefaultValueFactory = _ => "normalised",
    };
    private readonly Option<string> nullSpectrum = new("--null")
    {
        Description = "noise spectrum: the expected one, or that of one draw", DefaultValueFactory = _ => "mean",
    };
    private readonly Option<string> filterMask = new("--filter-mask") { Description = "mask that the filter sees", DefaultValueFactory = _ => "region" };
    private readonly Option<string> filter = new("--filter")
    {
        Description = "how the power is computed: fast to one part in a thousand, or exact", DefaultValueFactory = _ => "fast",
    };
    private readonly Option<string?> scales = new("--scales") { Description = "LO:HI:N in R500, geometric (default: from 0.05 or 3 pixels to 1, 20 of them)" };
    private readonly Option<string> psf = CommonOptions.Psf("the instrument column of sample.csv; a geometry has none");
    private readonly Option<int> threads = CommonOptions.Threads();
    private readonly Option<bool> json = CommonOptions.Json();

    public static Command Make() => new SimulateCommand().Build();

    private Command Build()
    {
        simulator.AcceptOnlyFromAmong("auto", "cube", "projected");
        secondOrder.AcceptOnlyFromAmong("paper", "normalised", "refit");
        nullSpectrum.AcceptOnlyFromAmong("mean", "draw");
        filterMask.AcceptOnlyFromAmong("region", "full");
        filter.AcceptOnlyFromAmong("fast", "exact");
        var command = new Command("simulate", "Simulates the spectra of one cluster.")
        {
            mapSet, cluster, geometry, count, file, theta, prior, seed, simulator, secondOrder, nullSpectrum, filterMask, filter, scales, psf, threads, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (rows, path) = (parsed.GetValue(count), parsed.GetRequiredValue(file));
        if (rows is < 1 or > MostRows) throw new BadInputException("--n", $"{rows}", $"1 to {MostRows} simulations", "choose another number");
        if (parsed.GetValue(threads) < 1) throw new BadInputException("--threads", $"{parsed.GetValue(threads)}", "1 or more", "choose another number");
        if (parsed.GetValue(mapSet) is null == parsed.GetValue(geometry) is null)
            throw new BadInputException("simulate", "neither or both of --map-set and --geometry", "one of them", "name the cluster");
        var plan = Plan(parsed, rows);
        try
        {
            using var cubes = Simulator(parsed, cancellation);
            AtomicFile.ClearLeftovers(path);
            var set = new UnfinishedSet($"{path}.parts", Fingerprint(parsed, cubes));
            Meter.Show("simulations", rows, done =>
            {
                var (files, known, quality) = set.Complete(cubes, plan, parsed.GetValue(threads), done, cancellation);
                SimulationTable.Join(files, path);
                Show(parsed, rows, cubes, known, quality);
            });
            set.Remove();
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException("simulate", unfit.InPlainWords(), "maps, regions and scales that fit together", "see the message", unfit);
        }
        return ExitCode.Done;
    }

    private void Show(ParseResult parsed, int rows, ClusterSimulator cubes, int known, SimulationQuality quality)
    {
        var place = Path.GetFullPath(parsed.GetRequiredValue(file));
        var notes = quality.Notes(cubes.Design.ScalesR500).ToArray();
        if (known > 0) Output.Note($"{known} simulations were there from before");
        Output.Note(quality.CapturedInWords);
        foreach (var (title, text) in notes) Output.Note($"{title}: {text}");
        if (!parsed.GetValue(json))
        {
            Output.Result($"{rows} simulations in {parsed.GetRequiredValue(file)}");
            return;
        }
        Output.Json(new
        {
            file = place, simulations = rows, known, simulator = cubes.FieldsInWords, psf = quality.Psf, psf_width_r500 = quality.PsfWidthR500, box_r500 = quality.BoxR500,
            captured_variance = quality.CapturedVariance, negative_densities = quality.NegativeDensities, injection_scale_unfit = quality.InjectionScaleUnfit,
            projected = quality.Projected, notes = notes.Select(note => new { title = note.Title, text = note.Text }),
        });
    }

    private SimulationPlan Plan(ParseResult parsed, int rows)
    {
        if (parsed.GetValue(theta) is not { } given)
        {
            var origin = CommonOptions.SeedOf(parsed, seed).Derive("prior");
            return SimulationPlan.FromPrior(origin, SurveyPrior.Read(parsed.GetRequiredValue(prior)), rows, SigmasPerField);
        }
        var table = MatrixFile.Read(given);
        return table.ColumnCount == 3 ? SimulationPlan.Repeat(table.Values, rows)
            : throw new BadInputException(given, $"{table.ColumnCount} columns", string.Join(", ", TurbulenceParameters.Names), "give three numbers a row");
    }

    private ClusterSimulator Simulator(ParseResult parsed, CancellationToken cancellation)
    {
        var origin = CommonOptions.SeedOf(parsed, seed);
        var options = new SimulationOptions
        {
            SecondOrder = Enum.Parse<SecondOrder>(parsed.GetRequiredValue(secondOrder), ignoreCase: true),
            Null = Enum.Parse<NullTreatment>(parsed.GetRequiredValue(nullSpectrum), ignoreCase: true),
            Simulator = Enum.Parse<SimulatorKind>(parsed.GetRequiredValue(simulator), ignoreCase: true),
        };
        var spread = PsfSetting.Parse(parsed.GetRequiredValue(psf), "--psf");
        if (parsed.GetValue(geometry) is { } path)
        {
            var circular = GeometryFile.Read(path);
            var emission = circular.Emission();
            var field = circular.Geometry();
            return new ClusterSimulator(origin, field, Design(parsed, emission.EllipticalRadius, field.Mask, field.PixelR500), emission,
                _ => emission, options with { Cube = circular.Cube, Psf = spread.Of([]), EllipticalAngle = circular.Angles() });
        }
        var observation = Observation(parsed);
        var maps = Maps(observation);
        options = options with { Psf = spread.Of(observation.PointSpread) };
        var posterior = new MeanModelFit { Psf = options.Psf }.Run(origin.Derive("mean model"), maps, cancellation);
        var model = posterior.Model(maps);
        var best = model.Emission(posterior.Best);
        return new ClusterSimulator(origin, FieldGeometry.Of(maps), Design(parsed, best.EllipticalRadius, maps.Mask, maps.PixelR500), best,
            draw => model.Emission(posterior.Draw(draw)), options with { EllipticalAngle = model.EllipticalAngle(posterior.Best) });
    }

    private ClusterObservation Observation(ParseResult parsed)
    {
        var folder = parsed.GetValue(mapSet)!;
        var table = SampleTable.Read(Path.Combine(folder, "sample.csv"));
        if (parsed.GetValue(cluster) is { } name) table = table.Select(name);
        return table.Rows.Count == 1 ? ClusterObservation.Of(table.Rows[0], MapLayout.Find(table, folder)[0])
            : throw new BadInputException(table.Source, $"{table.Rows.Count} clusters", "one", $"choose one with --cluster: {string.Join(", ", table.Names)}");
    }

    private static MapSet Maps(ClusterObservation observation)
    {
        var native = NativeMapReader.Read(observation);
        var preparation = new MapPreparation { RebinFactor = 1, Counts = CountsPolicy.Round, MinimumExposure = MapPreparation.UsualMinimumExposure };
        return preparation.Prepare(native.Maps, native.OnSky).Maps;
    }

    private SpectrumDesign Design(ParseResult parsed, double[] radius, bool[] mask, double pixelR500)
    {
        var range = new ScaleRange(Math.Max(0.05, ScaleGrid.SmallestScalePixels * pixelR500), 1, 20);
        if (parsed.GetValue(scales) is { } text && !ScaleRange.TryParse(text, out range))
            throw new BadInputException("--scales", text, "LO:HI:N with 0 < LO < HI in R500", "write for example 0.05:1:20");
        var mode = Enum.Parse<FilterMask>(parsed.GetRequiredValue(filterMask), ignoreCase: true);
        return SpectrumDesign.Of(RadialRegion.Standard, radius, mask, range.Values(), mode, Enum.Parse<FilterMode>(parsed.GetRequiredValue(filter), ignoreCase: true));
    }

    // Everything but the number of threads: files by their content.
    private string Fingerprint(ParseResult parsed, ClusterSimulator cubes)
    {
        static string Content(string? path)
            => path is null ? ""
                : File.Exists(path) ? FileHash.Of(path)
                : string.Join(' ', Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(FileHash.Of));
        return string.Join('\n', "simulations 4",
            Content(parsed.GetValue(mapSet)), parsed.GetValue(cluster), Content(parsed.GetValue(geometry)),
            parsed.GetValue(count), Content(parsed.GetValue(theta)), SurveyPrior.ToJson(SurveyPrior.ReadAny(parsed.GetRequiredValue(prior))),
            parsed.GetValue(seed), parsed.GetValue(simulator), parsed.GetValue(secondOrder), parsed.GetValue(nullSpectrum), parsed.GetValue(filterMask),
            parsed.GetValue(filter), parsed.GetValue(scales), cubes.PsfInWords);
    }
}
