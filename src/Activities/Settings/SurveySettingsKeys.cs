using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Settings;

/// <summary>One key of the settings: its name, what it means, what it may be, and how it is read and written.</summary>
public sealed class SurveySettingsKey
{
    public required string Name { get; init; }

    public required string Meaning { get; init; }

    /// <summary>What may stand there, in words.</summary>
    public required string Allowed { get; init; }

    /// <summary>The settings with the value; a value that is not allowed changes nothing and adds to the problems. The text says where it stands.</summary>
    public required Func<SurveySettings, JsonElement, string, List<Problem>, SurveySettings> Read { get; init; }

    public required Func<SurveySettings, JsonNode> Write { get; init; }
}

/// <summary>The keys of a settings file, in the order in which they are written.</summary>
public static class SurveySettingsKeys
{
    public static IReadOnlyList<SurveySettingsKey> All { get; } =
    [
        Text("prior", "name of a prior in data/priors, or the path of a prior file", s => s.Prior, (s, v) => s with { Prior = v }),
        Number("prior_margin", "how far beyond either end of the prior parameters to learn from are drawn, as a share of its range, so that networks learn the ends from both sides", 0, 0.5,
            s => s.PriorMargin, (s, v) => s with { PriorMargin = v }),
        Whole("pixels_across", "pixels across the cropped box of 2 R500 after rebinning", 16, 4096, s => s.PixelsAcross, (s, v) => s with { PixelsAcross = v }),
        Scales(),
        Whole("simulations", "simulations per cluster", 10, 10_000_000, s => s.Simulations, (s, v) => s with { Simulations = v }),
        Whole("sigmas_per_field", "values of sigma that share one random field; simulations that share a field are correlated", 1, 16,
            s => s.SigmasPerField, (s, v) => s with { SigmasPerField = v }),
        Number("box_r500", "least side of the simulated box across the sky, in R500", 2, 20, s => s.BoxR500, (s, v) => s with { BoxR500 = v }),
        Number("depth_r500", "depth of the simulated box along the line of sight, in R500", 2, 40, s => s.DepthR500, (s, v) => s with { DepthR500 = v }),
        Choice("simulator", "what draws the random fields: a cube, projected fields, or (auto) projected fields where they were shown to agree with the cube",
            ["auto", "cube", "projected"], s => s.Simulator, (s, v) => s with { Simulator = v }),
        Choice("second_order", "what becomes of the mean of (1 + delta)^2: left in, divided out, or divided out and a smooth factor over the mean model fitted to observed and simulated maps alike",
            ["paper", "normalised", "refit"], s => s.SecondOrder, (s, v) => s with { SecondOrder = v }),
        Choice("null", "the noise spectrum that S refers to: the mean of many draws of the unperturbed model, or one draw",
            ["mean", "draw"], s => s.Null, (s, v) => s with { Null = v }),
        Choice("filter_mask", "the mask that the Mexican-hat filter sees: the region's own, or the full one",
            ["region", "full"], s => s.FilterMask, (s, v) => s with { FilterMask = v }),
        Choice("filter", "how the Mexican-hat power is computed: fast to one part in a thousand, or exact",
            ["fast", "exact"], s => s.Filter, (s, v) => s with { Filter = v }),
        Form("psf", "the point spread function through which the mean model is fitted and the simulations are seen: that of the sample table's instrument (data/instruments.csv; none for others), none, or one profile for all clusters",
            PsfSetting.Allowed, "write for example gaussian:15", text => PsfSetting.TryParse(text, out _), s => s.Psf, (s, v) => s with { Psf = v }),
        Form("unresolved_power", "prior of the flat power of point sources too faint to be cut out, in counts^2 s^-2 arcmin^-2, uniform in its logarithm, drawn for every simulation",
            UnresolvedPowerSetting.Allowed, "write for example 1e-7:1e-5", text => UnresolvedPowerSetting.TryParse(text, out _), s => s.UnresolvedPower, (s, v) => s with { UnresolvedPower = v }),
        Whole("ensemble", "networks per cluster and region, averaged in probability", 1, 64, s => s.Ensemble, (s, v) => s with { Ensemble = v }),
        Whole("pretraining", "clusters, the first of the sample, whose simulations together teach the networks with which the training of every cluster begins; 0 to begin from nothing", 0, 10_000,
            s => s.Pretraining, (s, v) => s with { Pretraining = v }),
        Whole("batch", "pairs in a training step; 0 chooses by their number", 0, 100_000, s => s.Batch, (s, v) => s with { Batch = v }),
        Plain("calibration", "simulations that no network learns from, each on a random field of its own, on which every network is calibrated; 0 for no calibration", "0, or a whole number from 20 to 100000",
            s => s.Calibration, (s, v) => s with { Calibration = v }, (JsonElement value, out int number) => TryNumber(value, out number) && number is 0 or (>= 20 and <= 100_000)),
        Whole("grid", "nodes of the likelihood cube along each parameter", 8, 256, s => s.Grid, (s, v) => s with { Grid = v }),
        Whole("draws", "draws of every posterior", 100, 1_000_000, s => s.Draws, (s, v) => s with { Draws = v }),
        RegionSettings.Key,
        Choice("morphology", "where centroid shift, concentration, Gini and Zernike of a cluster come from: the sample table, or the maps where it is empty (table), or the maps for all clusters (measured)",
            [Samples.SampleMorphology.Table, Samples.SampleMorphology.Measured], s => s.Morphology, (s, v) => s with { Morphology = v }),
        Choice("population", "what is inferred beside the values that all clusters of a group would share: the mean and scatter of a normal population, or none, which is quicker",
            [InferPopulations.Normal, InferPopulations.None], s => s.Population, (s, v) => s with { Population = v }),
        Choice("mach_calibration", "the published relation from fluctuations to the Mach number, on which turbulent pressure and hydrostatic bias rest; the report has the Mach number by every one",
            [.. MachCalibration.All.Select(calibration => calibration.Name)], s => s.MachCalibration, (s, v) => s with { MachCalibration = v }),
        SubsampleSettings.Key,
        ExcludeSettings.Key,
    ];

    private delegate bool Parse<T>(JsonElement value, out T parsed);

    private static SurveySettingsKey Whole(
        string name, string meaning, int low, int high, Func<SurveySettings, int> get, Func<SurveySettings, int, SurveySettings> set)
        => Plain(name, meaning, string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}"), get, set,
            (JsonElement value, out int number) => TryNumber(value, out number) && number >= low && number <= high);

    private static SurveySettingsKey Number(
        string name, string meaning, double low, double high, Func<SurveySettings, double> get, Func<SurveySettings, double, SurveySettings> set)
        => Plain(name, meaning, string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}"), get, set,
            (JsonElement value, out double number) => TryNumber(value, out number) && number >= low && number <= high);

    private static SurveySettingsKey Text(string name, string meaning, Func<SurveySettings, string> get, Func<SurveySettings, string, SurveySettings> set)
        => Plain(name, meaning, "a text", get, set,
            (JsonElement value, out string text) => (text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "").Length > 0);

    private static SurveySettingsKey Plain<T>(
        string name, string meaning, string allowed, Func<SurveySettings, T> get, Func<SurveySettings, T, SurveySettings> set, Parse<T> parse) => new()
    {
        Name = name,
        Meaning = meaning,
        Allowed = allowed,
        Write = settings => JsonValue.Create(get(settings))!,
        Read = (settings, value, where, problems) =>
        {
            if (parse(value, out var parsed)) return set(settings, parsed);
            problems.Add(new Problem(where, Found(value), allowed, "correct the value"));
            return settings;
        },
    };

    private static bool TryNumber(JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    private static bool TryNumber(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number);
    }

    private static SurveySettingsKey Choice(
        string name, string meaning, string[] choices, Func<SurveySettings, string> get, Func<SurveySettings, string, SurveySettings> set) => new()
    {
        Name = name,
        Meaning = meaning,
        Allowed = string.Join(", ", choices),
        Write = settings => get(settings),
        Read = (settings, value, where, problems) =>
        {
            if (value.ValueKind == JsonValueKind.String && choices.Contains(value.GetString())) return set(settings, value.GetString()!);
            var remedy = value.ValueKind == JsonValueKind.String ? Spelling.Suggest(value.GetString()!, choices) : "write one of these words";
            problems.Add(new Problem(where, Found(value), string.Join(", ", choices), remedy));
            return settings;
        },
    };

    private static SurveySettingsKey Form(
        string name, string meaning, string allowed, string remedy, Func<string, bool> isAllowed, Func<SurveySettings, string> get, Func<SurveySettings, string, SurveySettings> set) => new()
    {
        Name = name,
        Meaning = meaning,
        Allowed = allowed,
        Write = settings => get(settings),
        Read = (settings, value, where, problems) =>
        {
            if (value.ValueKind == JsonValueKind.String && isAllowed(value.GetString()!)) return set(settings, value.GetString()!);
            problems.Add(new Problem(where, Found(value), allowed, remedy));
            return settings;
        },
    };

    private static SurveySettingsKey Scales() => Form("scales", "scales 1/k of the spectra in R500, geometric, as LO:HI:N",
        "\"LO:HI:N\" with 0 < LO < HI <= 1000 and N from 1 to 200", "write for example \"0.1:1:8\"", text => ScaleRange.TryParse(text, out _),
        settings => settings.Scales.ToString(), (settings, text) => settings with { Scales = ScaleRange.TryParse(text, out var range) ? range : settings.Scales });

    /// <summary>A value as it stands in the file, shortened.</summary>
    internal static string Found(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : $"{text[..57]}...";
    }
}
