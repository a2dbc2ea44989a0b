using System.Globalization;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Sky;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Mocks;

/// <summary>
/// Mock observations of a sample with known truth: for each cluster the counts, exposure and background maps of an XMM-like mosaic
/// and the region file of its point sources, under the names of the X-COP release; and truth.csv.
/// </summary>
public sealed record MockSample
{
    /// <summary>The file of the true parameters, beside the maps.</summary>
    public const string TruthName = "truth.csv";

    /// <summary>Pixels along each side of the maps, which span 2 R500 and a margin of one pixel on each side.</summary>
    public int Pixels { get; init; } = 64;

    /// <summary>Exposure of each pointing, ks.</summary>
    public double ExposureKs { get; init; } = 30;

    /// <summary>The point spread function; by default that of each row's instrument.</summary>
    public PsfSetting Psf { get; init; } = PsfSetting.Parse(PsfSetting.Instrument, "psf");

    /// <summary>One-point statistics of the density fluctuations.</summary>
    public FieldStatistics Statistics { get; init; } = FieldStatistics.Gaussian;

    /// <summary>Part of the exposed pixels that random holes cover beside those of point sources.</summary>
    public double HoleFraction { get; init; }

    /// <summary>The truth, shared by all clusters and regions.</summary>
    public required TurbulenceParameters Truth { get; init; }

    /// <summary>Reads a truth file: {"log10_sigma": ..., "log10_injection_scale": ..., "slope": ...}.</summary>
    /// <exception cref="BadInputException">Not such a file, or values that no gas has.</exception>
    public static TurbulenceParameters ReadTruth(string path)
    {
        try
        {
            var truth = JsonSerializer.Deserialize<TruthFile>(InputFiles.Read(path), SurveyJson.Options) ?? throw new JsonException("null");
            var problems = truth.Problems(path).ToList();
            return problems.Count > 0 ? throw new BadInputException(problems)
                : new TurbulenceParameters(truth.Log10Sigma, truth.Log10InjectionScale, truth.Slope);
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(path, wrong.InPlainWords(), "{\"log10_sigma\": ..., \"log10_injection_scale\": ..., \"slope\": ...}",
                "correct the file", wrong);
        }
    }

    /// <summary>The point spread function of a row's maps; none for a perfect telescope.</summary>
    public PointSpreadFunction? PsfOf(SampleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Psf.Of(InstrumentTable.Shipped.Find(row.Instrument));
    }

    /// <summary>Writes the maps of every cluster of a sample, the sample table beside them, and last truth.csv.</summary>
    /// <param name="seed">Origin of the fields, the counts, the pointings and the shapes of the clusters.</param>
    /// <param name="sample">The clusters.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="done">Hears how many clusters are done.</param>
    /// <param name="cancellation">Ends the work between two clusters.</param>
    public void Write(Seed seed, SampleTable sample, string folder, IProgress<int>? done = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        Directory.CreateDirectory(folder);
        // A truth stands for the maps beside it: while they are written there is none.
        File.Delete(Path.Combine(folder, TruthName));
        AtomicFile.ClearLeftovers(folder);
        var written = 0;
        Parallel.ForEach(sample.Rows, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, row =>
        {
            WriteCluster(seed.Derive(row.Name), row, folder);
            done?.Report(Interlocked.Increment(ref written));
        });
        AtomicFile.WriteText(Path.Combine(folder, "sample.csv"), InputFiles.Read(sample.Source));
        var truth = from row in sample.Rows
                    from region in RadialRegion.Standard
                    select new TruthRow(row.Name, region.Name, Truth.Log10Sigma, Truth.Log10InjectionScale, Truth.Slope);
        TruthTable.Write(Path.Combine(folder, TruthName), truth);
    }

    private void WriteCluster(Seed seed, SampleRow row, string folder)
    {
        var r500 = new Kiloparsec(ClusterObservation.R500KpcOf(row));
        var pixel = new Arcminute(2 * Cosmology.Standard.Angle(r500, new Redshift(row.Redshift)).Value / (Pixels - 2));
        var mosaic = new MockPointing { Pixels = Pixels, PixelArcmin = pixel.Value, ExposureKs = ExposureKs, HoleFraction = HoleFraction }.Observe(seed.Derive("pointing"));
        var counts = Counts(seed, row, r500, pixel, mosaic);
        var wcs = Wcs.NorthUp(new SkyPosition(row.RaDeg, row.DecDeg), new PixelPosition((Pixels - 1) / 2.0, (Pixels - 1) / 2.0), pixel.Value);
        Save($"mosaic_{row.Name}.fits.gz", counts, FitsPixelType.Int32, "count");
        Save($"mosaic_{row.Name}_expo.fits.gz", mosaic.ExposureSeconds, FitsPixelType.Float32, "s");
        Save($"mosaic_{row.Name}_bkg.fits.gz", mosaic.Background, FitsPixelType.Float32, "count");
        AtomicFile.WriteText(Path.Combine(folder, $"{row.Name}_src_ps.reg"), Sources(wcs, mosaic));

        void Save(string name, double[] pixels, FitsPixelType type, string unit) => FitsWriter.Write(Path.Combine(folder, name), new FitsImageToWrite
        {
            Width = Pixels, Height = Pixels, Pixels = pixels, Type = type, Unit = unit, Wcs = wcs,
            Cards = [FitsCard.OfText("OBJECT", row.Name), FitsCard.OfText("CREATOR", "ClusterSurvey mock"), FitsCard.OfNumber("REDSHIFT", row.Redshift)],
        });
    }

    private double[] Counts(Seed seed, SampleRow row, Kiloparsec r500, Arcminute pixel, MockMosaic mosaic)
    {
        var cluster = MockCluster.Draw(seed.Derive("cluster"), row, r500, pixel, mosaic, Pixels, ExposureKs);
        var geometry = FieldGeometry.Of(cluster.Maps);
        using var fields = new FieldSimulators(geometry, new SimulationOptions { Simulator = SimulatorKind.Cube, Statistics = Statistics }, cluster.Emission);
        var psf = PsfOf(row) is { } spread ? new PsfConvolution(spread, Pixels, Pixels, geometry.PixelArcsec, geometry.Exposure) : null;
        return MockCounts.Draw(seed.Derive("observation"), geometry, fields.At(SimulatorKind.Cube, Truth.Sigma), cluster.Emission, Truth, normalised: true, psf);
    }

    private static string Sources(Wcs wcs, MockMosaic mosaic)
    {
        var lines = mosaic.HoleCentres.Select(hole =>
        {
            var position = wcs.ToSky(new PixelPosition(hole.X, hole.Y));
            var radiusArcsec = 60 * new MockPointing { Pixels = 1, PixelArcmin = 1, ExposureKs = 1 }.HoleRadiusArcmin;
            return string.Create(CultureInfo.InvariantCulture, $"circle({position.RaDegrees:f6},{position.DecDegrees:f6},{radiusArcsec:f1}\")");
        });
        return string.Join('\n', new[] { "# Region file format: DS9 version 4.1", "fk5" }.Concat(lines)) + "\n";
    }

    private sealed record TruthFile
    {
        [System.Text.Json.Serialization.JsonPropertyName("log10_sigma")] public required double Log10Sigma { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("log10_injection_scale")] public required double Log10InjectionScale { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("slope")] public required double Slope { get; init; }

        public IEnumerable<Problem> Problems(string path)
        {
            (string Key, double Value, double Low, double High)[] keys =
                [("log10_sigma", Log10Sigma, -6, 1), ("log10_injection_scale", Log10InjectionScale, -3, 2), ("slope", Slope, 0, 10)];
            foreach (var (key, value, low, high) in keys)
                if (!(value >= low && value <= high))
                    yield return new Problem($"{path}#/{key}", CsvText.Number(value), string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"), "correct the value");
        }
    }
}
