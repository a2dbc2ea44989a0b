using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Conversions;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The tables that a run leaves, from what it has published.</summary>
public static class RunTables
{
    private const string SpectraTable = "spectra.parquet", Clusters = "clusters.parquet", Samples = "samples.parquet", Subsamples = "subsamples.parquet", Calibration = "calibration.parquet", Failures = "failures.parquet";

    /// <summary>The seed of what a run's tables draw: that of the step that writes them.</summary>
    internal static Seed SeedOf(SurveyRun run) => new Seed(RunManifest.Read(run.Folder).Seed).Derive($"Survey.{nameof(WriteTables)}");

    /// <summary>Writes them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="seed">Origin of what they draw.</param>
    /// <param name="populations">The populations of the whole sample, region by region, on which trends rest.</param>
    /// <returns>Their names, with all that else was written into the run's folder.</returns>
    public static IReadOnlyList<string> Write(SurveyRun run, Seed seed, IReadOnlyDictionary<string, PopulationSummary> populations)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<SpectrumRow> spectra = [];
        List<ClusterRow> clusters = [];
        List<SampleDrawRow> draws = [];
        List<MachRow> mach = [];
        var selected = CalibrationOf(run);
        foreach (var (name, products) in run.Clusters)
        {
            var maps = StoredMaps.Load(run.Store, products.Maps).Maps;
            var posteriors = StoredPosteriors.Load(run.Store, products.Posteriors);
            var regions = StoredRegions.Load(run.Store, products.RegionSet);
            spectra.AddRange(Spectra(name, maps.R500Kpc, StoredSpectra.Load(run.Store, products.Spectra)));
            for (var i = 0; i < regions.Regions.Count; i++)
            {
                var region = regions.Regions[i];
                var posterior = posteriors.Of(region.Name)!;
                var derived = Derived(seed.Derive(name), posterior, maps.R500Kpc, region, regions.ScalesR500, selected);
                mach.AddRange(MachTable.OfCluster(name, region.Name, derived, selected));
                clusters.Add(new ClusterRow
                {
                    Cluster = name,
                    Region = region.Name,
                    Redshift = maps.Redshift,
                    R500Kpc = maps.R500Kpc,
                    Log10Sigma = IntervalOf(posterior.Summaries[0]),
                    Log10InjectionScale = IntervalOf(posterior.Summaries[1]),
                    Slope = IntervalOf(posterior.Summaries[2]),
                    InjectionScaleKpc = InKpc(posterior.Summaries[1], maps.R500Kpc),
                    SigmaObserved = DerivedPosterior.IntervalOf(derived.SigmaObserved),
                    Clumping = DerivedPosterior.IntervalOf(derived.Clumping),
                    MachNumber = DerivedPosterior.IntervalOf(derived.MachNumber),
                    TurbulentPressureFraction = DerivedPosterior.IntervalOf(derived.TurbulentPressureFraction),
                    HydrostaticBias = DerivedPosterior.IntervalOf(derived.HydrostaticBias),
                    Counts = Enumerable.Range(0, maps.PixelCount).Where(pixel => regions.Pixels[i][pixel]).Sum(pixel => maps.Counts[pixel]),
                    Pixels = regions.Pixels[i].Count(inside => inside),
                    OutsideTraining = !products.Familiarity[region.Name].IsInside,
                    NetworkDisagreement = products.Familiarity[region.Name].NetworkDisagreement,
                    UnphysicalFraction = products.Quality.NegativeDensities,
                    Flags = string.Join(';', ClusterFlags.Of(run, name, products, region.Name).Select(flag => flag.Name)),
                }.With(name, run.Morphology));
            }
            draws.AddRange(posteriors.Regions.SelectMany(posterior => Draws(name, posterior)));
        }
        draws.AddRange(run.Joint.Regions.SelectMany(posterior => Draws("", posterior)));
        RunTable.Write(run.Folder.FileAt(SpectraTable), spectra);
        RunTable.Write(run.Folder.FileAt(Clusters), clusters);
        RunTable.Write(run.Folder.FileAt(Samples), draws);
        Part[] parts = [.. run.Joint.Regions.Select(posterior => WholeSample(run, seed, posterior)), .. SubsamplePosteriors.Publish(run, seed).Select(part => Group(run, seed, part))];
        mach.AddRange(parts.SelectMany(part => MachTable.OfSubsample(part.Grouping, part.Name, part.Posterior.Region, part.Derived, selected)));
        RunTable.Write(run.Folder.FileAt(Subsamples), [.. parts.Select(part => Row(run, part))]);
        RunTable.Write(run.Folder.FileAt(MachTable.Name), mach);
        RunTable.Write(run.Folder.FileAt(SurveyTrends.Table), SurveyTrends.Of(run, seed, populations));
        RunTable.Write(run.Folder.FileAt(Calibration), [.. run.Calibration.SelectMany(cluster => cluster.Value.Rows)]);
        RunTable.Write(run.Folder.FileAt(Failures), run.Failures);
        return [SpectraTable, Clusters, Samples, Subsamples, MachTable.Name, SurveyTrends.Table, Calibration, Failures, SubsamplePosteriors.File];
    }

    private static ClusterRow With(this ClusterRow row, string cluster, SampleMorphology morphology)
    {
        var measured = morphology.MeasuredOf(cluster);
        var (shift, concentration, gini, zernike) = (morphology.Of(cluster, "centroid_shift"), morphology.Of(cluster, "concentration"), morphology.Of(cluster, "gini"), morphology.Of(cluster, "zernike"));
        return row with
        {
            MorphologyCoverage = measured?.Coverage,
            CentroidShift = shift.Value, CentroidShiftSource = shift.Source, CentroidShiftMeasured = measured?.CentroidShift?.Value, CentroidShiftMeasuredError = measured?.CentroidShift?.Error,
            Concentration = concentration.Value, ConcentrationSource = concentration.Source, ConcentrationMeasured = measured?.Concentration?.Value, ConcentrationMeasuredError = measured?.Concentration?.Error,
            Gini = gini.Value, GiniSource = gini.Source, GiniMeasured = measured?.Gini?.Value, GiniMeasuredError = measured?.Gini?.Error,
            Zernike = zernike.Value, ZernikeSource = zernike.Source, ZernikeMeasured = measured?.Zernike?.Value, ZernikeMeasuredError = measured?.Zernike?.Error,
        };
    }

    /// <summary>The interval of a summary.</summary>
    public static Interval IntervalOf(ParameterSummary summary) => new(summary.Median, summary.Low68, summary.High68);

    /// <summary>What follows from the posterior of a region, with the middle of the region as its radius.</summary>
    public static DerivedPosterior Derived(Seed seed, RegionPosterior posterior, double r500Kpc, RadialRegion region, IReadOnlyList<double> scales, MachCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        return new DerivedPosterior(seed.Derive(region.Name), posterior, new Kiloparsec(r500Kpc), (region.Inner + region.Outer) / 2, scales,
            calibration);
    }

    /// <summary>The calibration that a run's settings select.</summary>
    internal static MachCalibration CalibrationOf(SurveyRun run) => MachCalibration.Named(run.Settings.MachCalibration);

    /// <summary>What follows from the posterior of a group.</summary>
    internal static DerivedPosterior DerivedOf(SurveyRun run, Seed seed, GroupPosterior part)
        => DerivedOf(run, seed.Derive("subsamples").Derive(part.Grouping).Derive(part.Group.Name), part.Posterior);

    private static DerivedPosterior DerivedOf(SurveyRun run, Seed seed, RegionPosterior posterior)
        => Derived(seed, posterior, MeanR500Kpc(run, posterior.Clusters), run.Region(posterior.Region), run.Settings.Scales.Values(), CalibrationOf(run));

    private static Part WholeSample(SurveyRun run, Seed seed, RegionPosterior posterior)
        => new("", "all", "", posterior, DerivedOf(run, seed.Derive("joint"), posterior));

    private static Part Group(SurveyRun run, Seed seed, GroupPosterior part)
        => new(part.Grouping, part.Group.Name, part.Group.Where, part.Posterior, DerivedOf(run, seed, part));

    private static SubsampleRow Row(SurveyRun run, Part part) => new()
    {
        Grouping = part.Grouping,
        Subsample = part.Name,
        Where = part.Where,
        Region = part.Posterior.Region,
        Clusters = part.Posterior.Clusters.Count,
        ClusterNames = string.Join(';', part.Posterior.Clusters),
        CommonError = part.Posterior.Clusters.Count > 1 ? part.Posterior.CommonError?.OfPosterior() : null,
        CommonErrorDeviation = part.Posterior.Clusters.Count > 1 ? part.Posterior.CommonError?.StandardError : null,
        Log10Sigma = IntervalOf(part.Posterior.Summaries[0]),
        Log10InjectionScale = IntervalOf(part.Posterior.Summaries[1]),
        Slope = IntervalOf(part.Posterior.Summaries[2]),
        SigmaObserved = DerivedPosterior.IntervalOf(part.Derived.SigmaObserved),
        Clumping = DerivedPosterior.IntervalOf(part.Derived.Clumping),
        MachNumber = DerivedPosterior.IntervalOf(part.Derived.MachNumber),
        TurbulentPressureFraction = DerivedPosterior.IntervalOf(part.Derived.TurbulentPressureFraction),
        HydrostaticBias = DerivedPosterior.IntervalOf(part.Derived.HydrostaticBias),
        Flags = run.NotCalibrated(part.Posterior),
    };

    /// <summary>Mean R500 of some clusters of a run.</summary>
    public static double MeanR500Kpc(SurveyRun run, IReadOnlyList<string> clusters)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Sample.Rows.Where(row => clusters.Contains(row.Name)).Average(ClusterObservation.R500KpcOf);
    }

    private static Interval InKpc(ParameterSummary log10R500, double r500Kpc)
        => new(r500Kpc * Math.Pow(10, log10R500.Median), r500Kpc * Math.Pow(10, log10R500.Low68), r500Kpc * Math.Pow(10, log10R500.High68));

    private static IEnumerable<SpectrumRow> Spectra(string cluster, double r500Kpc, StoredSpectra spectra)
        => from region in spectra.Regions
           from i in Enumerable.Range(0, spectra.ScalesR500.Length)
           select new SpectrumRow
           {
               Cluster = cluster, Region = region.Region, ScaleR500 = spectra.ScalesR500[i], ScaleKpc = spectra.ScalesR500[i] * r500Kpc,
               Power = region.Power[i], NullPower = region.NullPower[i], S = region.S[i],
           };

    private static IEnumerable<SampleDrawRow> Draws(string cluster, RegionPosterior posterior)
        => Enumerable.Range(0, posterior.Draws.Length / 3).Select(i => new SampleDrawRow
        {
            Cluster = cluster, Region = posterior.Region, Draw = i,
            Log10Sigma = posterior.Draws[3 * i], Log10InjectionScale = posterior.Draws[3 * i + 1], Slope = posterior.Draws[3 * i + 2],
        });

    // A joint posterior and what follows from it.
    private sealed record Part(string Grouping, string Name, string Where, RegionPosterior Posterior, DerivedPosterior Derived);
}
