using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Settings;

/// <summary>
/// What a survey does with its clusters. Read from a JSON file in which every key is optional and no key is unknown;
/// the meaning, range and default of each are in <see cref="SurveySettingsKeys"/>.
/// </summary>
public sealed record SurveySettings
{
    /// <summary>Name of a prior in data/priors, or the path of a prior file.</summary>
    public string Prior { get; init; } = "survey";

    /// <summary>How far beyond either end of the prior parameters to learn from are drawn, as a share of its range.</summary>
    public double PriorMargin { get; init; } = 0.08;

    /// <summary>Pixels across the cropped box of 2 R500 after rebinning.</summary>
    public int PixelsAcross { get; init; } = 128;

    /// <summary>The scales 1/k of the spectra, in R500.</summary>
    public ScaleRange Scales { get; init; } = new(0.05, 1, 12);

    /// <summary>Simulations per cluster.</summary>
    public int Simulations { get; init; } = 10_000;

    /// <summary>Values of sigma that share one random field; simulations that share a field are correlated.</summary>
    public int SigmasPerField { get; init; } = 1;

    /// <summary>Least side of the simulated box across the sky, in R500.</summary>
    public double BoxR500 { get; init; } = 2.5;

    /// <summary>Depth of the simulated box along the line of sight, in R500.</summary>
    public double DepthR500 { get; init; } = 10;

    /// <summary>auto, cube or projected.</summary>
    public string Simulator { get; init; } = "auto";

    /// <summary>paper, normalised or refit.</summary>
    public string SecondOrder { get; init; } = "refit";

    /// <summary>mean or draw.</summary>
    public string Null { get; init; } = "mean";

    /// <summary>region or full.</summary>
    public string FilterMask { get; init; } = "region";

    /// <summary>fast or exact.</summary>
    public string Filter { get; init; } = "fast";

    /// <summary>The point spread function of mean model and simulations (<see cref="PsfSetting"/>).</summary>
    public string Psf { get; init; } = PsfSetting.Instrument;

    /// <summary>The prior of the flat power of unresolved sources (<see cref="UnresolvedPowerSetting"/>).</summary>
    public string UnresolvedPower { get; init; } = UnresolvedPowerSetting.None;

    /// <summary>Networks per cluster and region, averaged in probability.</summary>
    public int Ensemble { get; init; } = 6;

    /// <summary>
    /// Clusters, the first of the sample, whose simulations together teach the networks with which the training of every cluster begins; 0 to begin from nothing.
    /// Clusters that are added at the end of a sample leave these networks as they are.
    /// </summary>
    public int Pretraining { get; init; }

    /// <summary>Pairs in a training step; 0 chooses by their number.</summary>
    public int Batch { get; init; }

    /// <summary>Simulations that no network learns from, on which each is calibrated; 0 for no calibration.</summary>
    public int Calibration { get; init; } = 200;

    /// <summary>Nodes of the likelihood cube along each parameter.</summary>
    public int Grid { get; init; } = 40;

    /// <summary>Draws of every posterior.</summary>
    public int Draws { get; init; } = 4000;

    /// <summary>The regions, in the order of the tables.</summary>
    public IReadOnlyList<RadialRegion> Regions { get; init; } = RadialRegion.Standard;

    /// <summary>Where morphological indicators come from: table or measured (<see cref="Samples.SampleMorphology"/>).</summary>
    public string Morphology { get; init; } = Samples.SampleMorphology.Table;

    /// <summary>The population that is inferred beside the value that all clusters would share: normal or none (<see cref="InferPopulations"/>).</summary>
    public string Population { get; init; } = InferPopulations.Normal;

    /// <summary>The relation from fluctuations to Mach numbers that derived quantities rest on (<see cref="Physics.Conversions.MachCalibration"/>).</summary>
    public string MachCalibration { get; init; } = Physics.Conversions.MachCalibration.Linear.Name;

    /// <summary>How the sample is divided into groups with joint posteriors of their own.</summary>
    public IReadOnlyList<GroupingSetting> Subsamples { get; init; } = [];

    /// <summary>Clusters that are measured but left out of joint posteriors and sub-samples.</summary>
    public IReadOnlyList<ExcludeSetting> Exclude { get; init; } = [];

    /// <exception cref="BadInputException">Every problem of the file, each with its JSON pointer.</exception>
    public static SurveySettings Read(string path) => Parse(InputFiles.Read(path, 1 << 20), path);

    /// <inheritdoc cref="Read"/>
    public static SurveySettings Parse(string json, string where) => SurveySettingsReader.Parse(json, where, new SurveySettings());

    /// <summary>
    /// The settings with KEY=VALUE assignments applied in order, checked as in a file. Numbers and words are written plainly, regions as JSON.
    /// </summary>
    /// <exception cref="BadInputException">Every problem of every assignment.</exception>
    public SurveySettings With(IEnumerable<string> assignments) => SurveySettingsReader.Apply(this, assignments);

    /// <summary>All settings as JSON in a fixed order: what a run records, and what reads back the same.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var key in SurveySettingsKeys.All) json[key.Name] = key.Write(this);
        return json;
    }
}

/// <summary>Scales in geometric progression.</summary>
/// <param name="SmallestR500">The smallest scale, in R500.</param>
/// <param name="LargestR500">The largest scale, in R500.</param>
/// <param name="Count">How many.</param>
public readonly record struct ScaleRange(double SmallestR500, double LargestR500, int Count)
{
    /// <summary>The scales, from the smallest to the largest, in R500.</summary>
    public double[] Values()
    {
        var scales = new double[Count];
        for (var i = 0; i < Count; i++) scales[i] = SmallestR500 * Math.Pow(LargestR500 / SmallestR500, Count == 1 ? 0 : i / (Count - 1.0));
        scales[^1] = LargestR500;
        return scales;
    }

    /// <summary>Nothing that is observed is as large, in R500.</summary>
    private const double MostR500 = 1000;

    /// <summary>Reads LO:HI:N, as the command line has it; HI is at most 1000 R500.</summary>
    public static bool TryParse(string text, out ScaleRange range)
    {
        range = default;
        var parts = text.Split(':');
        if (parts.Length != 3
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        range = new ScaleRange(low, high, count);
        return low > 0 && high <= MostR500 && count is >= 1 and <= 200 && (count == 1 ? high >= low : high > low);
    }

    /// <summary>Reads the scales that a step is given.</summary>
    /// <exception cref="BadInputException">Not of the form LO:HI:N.</exception>
    public static ScaleRange Of(string text) => TryParse(text, out var range) ? range
        : throw new BadInputException("scales", text, "LO:HI:N with 0 < LO < HI in R500", "write for example 0.1:1:8");

    /// <summary>Reads the scales that a step may be given; null for none.</summary>
    /// <exception cref="BadInputException">Not of the form LO:HI:N.</exception>
    public static ScaleRange? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : Of(text);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SmallestR500:R}:{LargestR500:R}:{Count}");
}
