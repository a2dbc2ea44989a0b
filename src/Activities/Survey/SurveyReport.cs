using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Files;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Report.Sections;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Survey;

/// <summary>Fills the report of a run from what the run has published, and writes it.</summary>
public static class SurveyReport
{
    private const string Place = "report";

    /// <summary>The page's place in a run's folder.</summary>
    public static string PathIn(string runFolder) => Path.Combine(runFolder, Place, ReportNames.Survey);

    /// <summary>Writes the pages, the files of their figures and the references; what an earlier run has made of the same things is taken from the store.</summary>
    /// <param name="run">The run.</param>
    /// <param name="fresh">True to draw also what is kept.</param>
    public static void Write(SurveyRun run, bool fresh = false)
    {
        var (model, folder) = (Model(run), new ReportFolder(FolderOf(run)));
        var files = KeptFiles.Write(run.Store, run.Folder, "report", Ingredients(run), fresh, () => Draw(model, folder));
        folder.Write(ReportSite.Survey(model));
        folder.RemoveOthers(files.Select(file => file[(Place.Length + 1)..]));
    }

    // Everything but the survey's own page, which tells of the run.
    private static string[] Draw(ReportModel model, ReportFolder folder)
    {
        var pages = ReportSite.Pages(model);
        foreach (var page in pages.Skip(1)) folder.Write(page);
        folder.WriteBibliography(MethodsSection.Cited(model));
        folder.WriteFigures(pages);
        return [.. ReportFolder.FilesOf(pages).Where(file => file != ReportNames.Survey).Append(MethodsSection.Bibliography).Select(file => $"{Place}/{file}")];
    }

    // What the model is filled from.
    private static JsonObject Ingredients(SurveyRun run)
    {
        string[] tables = [PopulationTable.Name, SurveyTrends.Table];
        return new JsonObject
        {
            ["seed"] = RunTables.SeedOf(run).Value, ["run"] = run.Published(), ["literature"] = FileHash.Of(LiteratureTable.Shipped), ["validation"] = File.Exists(run.Folder.FileAt(WriteValidation.Page)),
            ["tables"] = new JsonArray([.. tables.Select(table => run.Folder.FileAt(table)).Select(path => (JsonNode?)(File.Exists(path) ? FileHash.Of(path) : null))]),
        };
    }

    /// <summary>Writes the page of the survey once more: for a run that has its report and has come to its end, of which that page alone tells.</summary>
    public static void WriteSurveyPage(SurveyRun run) => new ReportFolder(FolderOf(run)).Write(ReportSite.Survey(Model(run)));

    private static ReportModel Model(SurveyRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Model(run, RunTables.SeedOf(run));
    }

    private static string FolderOf(SurveyRun run) => Path.GetDirectoryName(PathIn(run.Folder.Path))!;

    /// <summary>Everything that the report shows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="seed">That of the run's tables, so that the report shows their numbers.</param>
    public static ReportModel Model(SurveyRun run, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        var truth = TruthTable.Published(run.Folder);
        var about = RunManifest.Read(run.Folder);
        var parts = SubsamplePosteriors.Of(run, seed);
        var clusters = ParallelWork.Each(run.Clusters, cluster => WithExclusion(run, ClusterReport.Of(run, cluster.Name, cluster.Products, truth)));
        return new ReportModel
        {
            SurveyName = truth.Count > 0 ? "Survey of mock maps" : "Cluster survey",
            Date = about.Date,
            Description = $"Turbulence of {run.Clusters.Count} galaxy clusters from the fluctuations of their X-ray surface brightness, "
                + $"{run.Sample.Rows.Count} asked for.",
            Regions = [.. run.Settings.Regions
                .Select(region => run.Joint.Of(region.Name)).OfType<RegionPosterior>()
                .Select(posterior => Region(run, seed, posterior, truth))],
            Clusters = clusters,
            Failures = [.. run.Failures.Select(failure => new FailureRecord(
                failure.Cluster, failure.Step, $"{failure.Where}: found {failure.Found}, expected {failure.Expected}", failure.Remedy))],
            Division = run.Division,
            Subsamples = [.. parts.Select(part => Subsample(run, seed, part))],
            Populations = [.. PopulationTable.Read(run).Select(row => Population(row, run.Joint, parts))],
            Trends = [.. Trends(run, clusters)],
            Verdicts = [.. CalibrationVerdict.Of(run), .. run.Division.Mixed.Select(note => new QualityFlag(FlagLevel.Note, "two sources of morphology", $"{note}."))],
            PressureCurves = clusters.Length == 0 ? [] : PressureCurves(new Physics.Redshift(clusters.Average(cluster => cluster.Redshift)), new Physics.Kiloparsec(clusters.Average(cluster => cluster.R500Kpc))),
            Literature = LiteratureTable.Read(LiteratureTable.Shipped),
            HasValidation = File.Exists(run.Folder.FileAt(WriteValidation.Page)),
            Methods = Methods(run),
            Provenance = about.Provenance(run),
        };
    }

    /// <summary>A posterior in the units of the report.</summary>
    public static TurbulenceSummary Summary(IReadOnlyList<ParameterSummary> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new TurbulenceSummary(Plain(parameters[0]).Select(Power), Plain(parameters[1]).Select(Power), Plain(parameters[2]));
    }

    /// <summary>A truth in the units of the report; null when there is none.</summary>
    public static TurbulenceTruth? Truth(IEnumerable<TruthRow> truth, string region, string? cluster = null)
    {
        // All clusters of a region share one truth, or the joint posterior has none.
        var rows = truth.Where(row => row.Region == region && (cluster is null || row.Cluster == cluster)).Select(row => row.Parameters).Distinct().ToArray();
        return rows.Length == 1 ? new TurbulenceTruth(rows[0].Sigma, rows[0].InjectionScale, rows[0].Slope) : null;
    }

    private static RegionResult Region(SurveyRun run, Seed seed, RegionPosterior posterior, IReadOnlyList<TruthRow> truth)
    {
        var region = run.Region(posterior.Region);
        var r500Kpc = RunTables.MeanR500Kpc(run, posterior.Clusters);
        var derived = RunTables.Derived(seed.Derive("joint"), posterior, r500Kpc, region, run.Settings.Scales.Values(), RunTables.CalibrationOf(run));
        var selected = RunTables.CalibrationOf(run);
        return new RegionResult
        {
            Name = region.Name,
            InnerR500 = region.Inner,
            OuterR500 = region.Outer,
            Clusters = posterior.Clusters.Count,
            Joint = Summary(posterior.Summaries),
            CommonError = posterior.CommonError,
            Densities = new(() => Densities(run, posterior)),
            Truth = Truth(truth, region.Name),
            Derived =
            [
                new DerivedQuantity("clumping", "clumping factor", "C", "", Plain(derived.Clumping), "C = 1 + σ^{2}"),
                new DerivedQuantity("mach", "3-D Mach number", "M", "", Plain(derived.MachNumber), $"{selected.Relation} ({selected.Citation})"),
                new DerivedQuantity("pressure", "turbulent pressure fraction", "P_{turb}/P_{tot}", "", Plain(derived.TurbulentPressureFraction),
                    "γM^{2}/(γM^{2} + 3), γ = 5/3"),
            ],
            Calibrations = [.. Calibrations(run).Select(calibration =>
            {
                var (mach, defined) = derived.Mach(calibration);
                return new CalibratedMach(calibration, calibration == selected, mach is { } known ? Plain(known) : null, defined);
            })],
        };
    }

    /// <summary>The marginal densities of a posterior.</summary>
    internal static MarginalDensities Densities(SurveyRun run, RegionPosterior posterior, int points = 72)
        => MarginalDensities.FromDraws([.. Enumerable.Range(0, 3).Select(parameter => Enumerable.Range(0, posterior.Draws.Length / 3).Select(i => posterior.Draws[3 * i + parameter]).ToArray())], PriorOf(run.Prior), points);

    private static ClusterResult WithExclusion(SurveyRun run, ClusterResult cluster) => run.Division.Excluded.FirstOrDefault(excluded => excluded.Name == cluster.Name) is { } excluded
        ? cluster with { Flags = [new(FlagLevel.Note, "excluded", $"The settings leave this cluster out of joint posteriors and groups: {excluded.Reason}."), .. cluster.Flags] }
        : cluster;

    private static SubsampleResult Subsample(SurveyRun run, Seed seed, GroupPosterior part) => new(part.Grouping, part.Group.Name, part.Posterior.Region,
        part.Posterior.Clusters.Count, Summary(part.Posterior.Summaries), Plain(RunTables.DerivedOf(run, seed, part).MachNumber));

    private static PopulationResult Population(PopulationRow row, StoredPosteriors joint, IReadOnlyList<GroupPosterior> parts)
    {
        var shared = row.Grouping.Length == 0 ? joint.Of(row.Region)
            : parts.FirstOrDefault(part => part.Grouping == row.Grouping && part.Group.Name == row.Subsample && part.Posterior.Region == row.Region)?.Posterior;
        return new PopulationResult(row.Grouping, row.Subsample, row.Region, row.Clusters, shared is null ? null : Summary(shared.Summaries),
            new(Plain(row.MeanLog10Sigma).Select(Power), Plain(row.MeanLog10InjectionScale).Select(Power), Plain(row.MeanSlope)),
            new(Plain(row.ScatterLog10Sigma), Plain(row.ScatterLog10InjectionScale), Plain(row.ScatterSlope)), row.Converged);
    }

    private static PosteriorSummary Plain(Interval? interval)
    {
        var (median, low, high) = interval is { } known ? (known.Median, known.Low68, known.High68) : (double.NaN, double.NaN, double.NaN);
        return new PosteriorSummary(median, low, high, low, high);
    }

    // The numbers are those of the run's table; a run without one, of an earlier version or by another definition, shows no trends.
    private static IEnumerable<TrendResult> Trends(SurveyRun run, IReadOnlyList<ClusterResult> clusters)
    {
        var table = run.Folder.FileAt(SurveyTrends.Table);
        if (!File.Exists(table)) yield break;
        foreach (var row in RunTable.Read<TrendRow>(table))
        {
            if (SampleQuantity.All.FirstOrDefault(known => known.Name == row.Quantity) is not { } quantity) continue;
            var names = row.ClusterNames.Split(';');
            var points = from cluster in clusters
                         where names.Contains(cluster.Name)
                         let sigma = cluster.Regions.FirstOrDefault(region => region.Region == row.Region)?.Posterior?.Sigma
                         let value = quantity.Of(run.Sample.Rows.First(sample => sample.Name == cluster.Name))
                         where sigma is not null && value is not null
                         select new TrendPoint(cluster.Name, value.Value, SurveyTrends.IsMeasured(run.Morphology, cluster.Name, quantity), sigma.Value);
            yield return new TrendResult(row, quantity.Label, [.. points]);
        }
    }

    // Drawn for the mean cluster of the survey; from R500 to R200m and M200 a halo of Navarro, Frenk and White leads.
    private static RadialCurve[] PressureCurves(Physics.Redshift redshift, Physics.Kiloparsec r500)
    {
        const int points = 50;
        var halo = NfwHalo.Of(r500, redshift, Physics.Cosmology.Standard);
        RadialCurve Curve(string name, string source, string key, Func<double, double> fraction) =>
            new(name, source, key, [.. Enumerable.Range(1, points).Select(i => i / (double)points).Select(radius => (radius, fraction(radius)))]);
        return
        [
            Curve("Shaw et al. 2010", string.Create(CultureInfo.InvariantCulture, $"Shaw et al. 2010 (ApJ 725, 1452) at the mean redshift {redshift.Value:0.000}"), "Shaw2010", radius => SimulatedPressureFraction.Shaw2010(radius, redshift)),
            Curve("Nelson et al. 2014", string.Create(CultureInfo.InvariantCulture, $"Nelson et al. 2014 (ApJ 792, 25) with R_{{200m}} = {halo.R200Mean:0.00} R_{{500}}"), "Nelson2014", radius => SimulatedPressureFraction.Nelson2014(radius / halo.R200Mean)),
            Curve("Battaglia et al. 2012", string.Create(CultureInfo.InvariantCulture, $"Battaglia et al. 2012 (ApJ 758, 74) with M_{{200}} = {halo.M200.Value / 1e14:0.0} × 10^{{14}} M_{{⊙}}"), "Battaglia2012", radius => SimulatedPressureFraction.Battaglia2012(radius, redshift, halo.M200)),
        ];
    }

    private static MethodSettings Methods(SurveyRun run) => new()
    {
        SimulationsPerCluster = run.Settings.Simulations,
        PriorMargin = run.Prior.Parameters.Any(parameter => parameter.Distribution.Widened(run.Settings.PriorMargin) != parameter.Distribution) ? run.Settings.PriorMargin : 0,
        Scales = run.Settings.Scales.Count,
        SmallestScaleR500 = run.Settings.Scales.SmallestR500,
        LargestScaleR500 = run.Settings.Scales.LargestR500,
        Prior = PriorOf(run.Prior),
        Simulator = Simulator(run.Settings.Simulator),
        Psf = Psf(run.Settings.Psf),
        Unresolved = UnresolvedPowerSetting.Parse(run.Settings.UnresolvedPower, "unresolved_power")?.InWords,
        SecondOrder = run.Settings.SecondOrder,
        NullSpectrum = run.Settings.Null,
        FilterMask = run.Settings.FilterMask,
        Estimator = InWords(new FlowArchitecture()),
        Networks = run.Settings.Ensemble,
        CommonErrorSurveys = run.Joint.Regions.Max(posterior => posterior.CommonError?.Surveys) ?? 0,
        PosteriorEvaluation = $"a grid of {run.Settings.Grid} x {run.Settings.Grid} x {run.Settings.Grid} nodes",
        MeanModel = "an elliptical modified Vikhlinin density profile",
        Mach = $"{Calibrations(run)[0].Relation} {Keys(Calibrations(run).Take(1))}",
        OtherMach = Keys(Calibrations(run).Skip(1)),
    };

    // The selected one first.
    private static MachCalibration[] Calibrations(SurveyRun run) => [.. MachCalibration.All.OrderByDescending(calibration => calibration.Name == run.Settings.MachCalibration)];

    private static string Keys(IEnumerable<MachCalibration> calibrations) => string.Join(' ', calibrations.SelectMany(calibration => calibration.CitationKeys).Distinct().Select(key => $"[{key}]"));

    private static string Simulator(string choice) => choice switch
    {
        "auto" => "a Gaussian random field of density fluctuations, drawn in projection where that was shown to agree with a three-dimensional cube, "
            + "and as a cube elsewhere",
        "projected" => "a Gaussian random field of density fluctuations, drawn in projection",
        _ => "a three-dimensional Gaussian random field of density fluctuations",
    };

    private static string? Psf(string setting) => setting == PsfSetting.Instrument
        ? "the point spread function of each cluster's instrument, where one is known (the run's manifest has them)"
        : PsfSetting.Parse(setting, "psf").Of([])?.InWords is { } words ? $"a point spread function ({words})" : null;

    private static string InWords(FlowArchitecture flow)
        => $"a masked autoregressive flow of {flow.Transforms} transforms with {flow.HiddenLayers} x {flow.HiddenUnits} hidden units each";

    private static TurbulencePrior PriorOf(Prior prior)
    {
        PriorRange Range(int parameter)
        {
            var axis = ParameterGrid.Over(prior, 2).Axes[parameter];
            return new PriorRange(axis.Low, axis.High, prior[parameter] is UniformDistribution ? "uniform" : "normal");
        }
        return new TurbulencePrior(Range(0), Range(1), Range(2));
    }

    private static PosteriorSummary Plain(ParameterSummary? summary) => summary is { } known ? Plain(known) : new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    private static PosteriorSummary Plain(ParameterSummary summary) => new(summary.Median, summary.Low68, summary.High68, summary.Low95, summary.High95);

    private static double Power(double log10) => Math.Pow(10, log10);
}
