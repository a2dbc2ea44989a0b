using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Activities.Survey;

/// <summary>One cluster of a run, as the report shows it.</summary>
internal static class ClusterReport
{
    private static readonly string[] Units = ["rad", "", "R500", "R500", "log10 counts/s/kpc2", "log10 cm-6", "log10 R500", "log10 R500", "", ""];

    // Broad posteriors need no finer grid, and there are many.
    private const int CornerPoints = 32;

    public static ClusterResult Of(SurveyRun run, string name, ClusterProducts products, IReadOnlyList<TruthRow> truth)
    {
        var row = run.Sample.Rows.First(candidate => candidate.Name == name);
        var maps = StoredMaps.Load(run.Store, products.Maps).Maps;
        var model = StoredMeanModel.Load(run.Store, products.MeanModel);
        var regions = StoredRegions.Load(run.Store, products.RegionSet);
        var spectra = StoredSpectra.Load(run.Store, products.Spectra);
        var posteriors = StoredPosteriors.Load(run.Store, products.Posteriors);
        return new ClusterResult
        {
            Name = name,
            Redshift = maps.Redshift,
            R500Kpc = maps.R500Kpc,
            RaDeg = row.RaDeg,
            DecDeg = row.DecDeg,
            SourceCounts = SourceCounts(maps, model, regions.EllipticalRadius),
            Instrument = row.Instrument,
            Facts = [.. Facts(row), .. Morphology(run.Morphology, name), .. Simulations(products.Quality)],
            Maps = new(() => Maps(maps, model, regions.EllipticalRadius)),
            Regions = [.. regions.Regions.Select((region, i) => new ClusterRegion
            {
                Region = region.Name,
                Posterior = SurveyReport.Summary(posteriors.Of(region.Name)!.Summaries),
                Densities = new(() => SurveyReport.Densities(run, posteriors.Of(region.Name)!, CornerPoints)),
                Spectrum = Spectrum(spectra.ScalesR500, spectra.Of(region.Name)!, posteriors.Of(region.Name)!.Predictive),
                Pixels = regions.Pixels[i].Count(inside => inside),
                Truth = SurveyReport.Truth(truth, region.Name, name),
                Flags = ClusterFlags.Of(run, name, products, region.Name),
            })],
            MeanModel = [.. Parameters(model)],
            Flags = ClusterFlags.Of(run.Store, products),
        };
    }

    private static IEnumerable<Fact> Facts(SampleRow row)
    {
        (string Name, double? Value, string Unit)[] numbers =
        [
            ("M500", row.M5001E14Msun, "1e14 Msun"), ("nH", row.ColumnDensity1E20Cm2, "1e20 cm-2"),
        ];
        foreach (var (name, value, unit) in numbers)
            if (value is { } known) yield return new Fact(name, known.ToString("g4", System.Globalization.CultureInfo.InvariantCulture), unit);
        if (row.DynamicalState is { } state) yield return new Fact("dynamical state", state);
        if (row.RadioHalo is { } halo) yield return new Fact("radio halo", halo);
    }

    // Both values where there are both: what is used, and what was measured.
    private static IEnumerable<Fact> Morphology(SampleMorphology morphology, string cluster)
    {
        foreach (var (name, column, unit) in new[] { ("centroid shift", "centroid_shift", "R500"), ("concentration", "concentration", ""), ("Gini", "gini", ""), ("Zernike", "zernike", "") })
        {
            var used = morphology.Of(cluster, column);
            var measured = SampleMorphology.Of(morphology.MeasuredOf(cluster), column) is { } indicator ? $"{NumberText.WithError(indicator.Value, indicator.Error)} measured" : null;
            var table = used.Source == SampleMorphology.Table ? $"{used.Value!.Value.ToString("g4", System.Globalization.CultureInfo.InvariantCulture)} from the table" : null;
            if (table is not null || measured is not null) yield return new Fact(name, string.Join("; ", new[] { table, measured }.OfType<string>()), unit);
        }
    }

    private static IEnumerable<Fact> Simulations(SimulationQuality quality)
    {
        yield return new Fact("captured variance", quality.CapturedVariance.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), "sigma^2");
        yield return new Fact("point spread function", quality.Psf);
    }

    // The sky's own brightness is the mean model's; what is left inside R500 is the cluster's.
    private static double SourceCounts(MapSet maps, MeanModelPosterior model, double[] radius)
    {
        var sum = 0.0;
        for (var i = 0; i < radius.Length; i++)
            if (maps.Mask[i] && radius[i] < 1) sum += maps.Counts[i] - maps.Background[i] - model.Best.SkyBackground * maps.Exposure[i];
        return sum;
    }

    private static ClusterMaps Maps(MapSet maps, MeanModelPosterior model, double[] radius)
    {
        var expected = model.Model(maps).Counts(model.Best);
        var ellipse = model.Best.Ellipse(maps.CentreX, maps.CentreY, maps.PixelR500);
        // The exposure holds the area of a pixel in kpc^2.
        var area = Math.Pow(Physics.Cosmology.Standard.LengthPerArcminute(new Physics.Redshift(maps.Redshift)).Value, 2);
        return new ClusterMaps
        {
            PixelR500 = maps.PixelR500,
            Ellipse = new MapEllipse(ellipse.CentreX, ellipse.CentreY, ellipse.Angle, ellipse.Eccentricity),
            // Beyond R500 the cluster fades and the ratio is noise.
            Fluctuation = new MapImage(maps.Width, maps.Height, FluctuationMap.Of(maps, expected, model.Best.SkyBackground),
                [.. maps.Mask.Zip(radius, (usable, r) => usable && r < 1)], "δS/S"),
            Counts = Image(maps, maps.Counts, "counts"),
            MeanModel = Image(maps, expected, "counts"),
            SurfaceBrightness = Image(maps, [.. maps.Counts.Select((counts, i) => (counts - maps.Background[i]) / maps.Exposure[i] * area)], "counts s⁻¹ arcmin⁻²"),
            Mask = Image(maps, [.. maps.Mask.Select(usable => usable ? 1.0 : 0)], ""),
            Exposure = Image(maps, [.. maps.Exposure.Select(exposure => exposure / (maps.PixelKpc * maps.PixelKpc) / 1000)], "ks"),
        };
    }

    private static MapImage Image(MapSet maps, double[] values, string unit) => new(maps.Width, maps.Height, values, maps.Mask, unit);

    private static SpectrumSeries Spectrum(double[] scales, RegionSpectrum spectrum, double[] predictive)
    {
        var series = new SpectrumSeries(scales, spectrum.Power, spectrum.NullPower, spectrum.S, "(counts s⁻¹ kpc⁻²)² R500²");
        if (predictive.Length == 0) return series;
        double[] Band(int quantile) => predictive.AsSpan(quantile * scales.Length, scales.Length).ToArray();
        return series with { Predictive = new PredictiveBand(Band(2), Band(1), Band(3), Band(0), Band(4)) };
    }

    private static IEnumerable<ModelParameter> Parameters(MeanModelPosterior model)
    {
        var covariance = model.Covariance();
        var values = model.Best.ToArray();
        for (var i = 0; i < values.Length; i++)
            yield return new ModelParameter(MeanModelParameters.Names[i].Replace('_', ' '), "", values[i], Math.Sqrt(covariance[i, i]), Units[i]);
    }
}
