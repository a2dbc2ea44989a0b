using ClusterSurvey.Activities.Report;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Tests.Report;

/// <summary>
/// A survey of made-up clusters with plausible numbers: the truth changes with radius, each cluster's posterior scatters
/// about it, the joint one is narrower by the root of their number. The same arguments give the same survey.
/// </summary>
internal static class SampleSurvey
{
    private static readonly (string Name, double Inner, double Outer, TurbulenceTruth Truth, double Width)[] Regions =
    [
        ("I", 0, 0.1, new(0.12, 0.09, 3.9), 0.30), ("II", 0.1, 0.25, new(0.15, 0.16, 3.75), 0.24), ("III", 0.25, 0.5, new(0.21, 0.28, 3.6), 0.26),
        ("IV", 0.5, 1, new(0.30, 0.46, 3.4), 0.42), ("global", 0, 1, new(0.17, 0.2, 3.67), 0.16), ("no_core", 0.15, 1, new(0.22, 0.29, 3.6), 0.18),
    ];

    private static readonly (string Name, double Redshift, double R500)[] XCop =
    [
        ("A85", .0555, 1235), ("A644", .0704, 1230), ("A1644", .0473, 1054), ("A1795", .0622, 1153), ("A2029", .0766, 1414), ("A2142", .0900, 1424),
        ("A2255", .0809, 1196), ("A2319", .0557, 1368), ("A3158", .0590, 1123), ("A3266", .0589, 1430), ("RXC1825", .0650, 1105), ("ZW1215", .0766, 1358),
    ];

    public static TurbulencePrior Prior { get; } = new(new(-2, 1), new(-2, 1), new(0, 7));

    public static ReportModel Of(int clusters, bool isMock = true, int pixels = 72, int scales = 8)
    {
        var seed = new Seed(20260411);
        return new()
        {
            SurveyName = clusters == 12 ? "X-COP mock survey" : $"Mock survey of {clusters}",
            Date = "11 April 2026",
            Description = "Mock maps with the geometry, exposure and depth of the X-COP clusters.",
            Regions = [.. Regions.Select(region => Joint(region, clusters, isMock, seed.Derive(region.Name)))],
            Clusters = [.. Enumerable.Range(0, clusters).Select(i => Cluster(i, isMock, pixels, scales, seed.Derive("cluster").Derive(i)))],
            Failures = clusters < 12 ? [] : [new("HydraA", "Survey.FitMeanModel", "A780/expo.fits[HDU 1] CDELT2: found 0.00125 deg, counts map has 0.00069 deg", "rebin the exposure map, or name another file in the sample")],
            Subsamples = clusters < 12 ? [] : [.. Regions.SelectMany(region => new[] { "relaxed", "disturbed" }.Select(name => new SubsampleResult("dynamical state", name, region.Name, clusters / 2, Summarise(Draws(region.Truth, region.Width * 1.3 / Math.Sqrt(clusters / 2.0), 1000, seed.Derive(name).Derive(region.Name).Stream())), new(0.3, 0.2, 0.4, 0.1, 0.5))))],
            Division = clusters < 12 ? Samples.SampleDivision.None : Division,
            Populations = clusters < 12 ? [] : [.. Regions.Select(region => Population("", "all", region.Name, region.Truth)), Population("dynamical state", "relaxed", "global", Regions[4].Truth) with { Shared = null, Converged = false }],
            Trends = clusters < 12 ? [] : [Trend("global", "concentration", 0.003), Trend("global", "redshift", 0.4)],
            Verdicts = [new(FlagLevel.Passed, "Calibration of the networks", "simulation-based calibration, coverage and TARP agree with a uniform distribution (smallest p-value 0.21 of 18, Holm)."), new(FlagLevel.Note, "Few simulations", "1 000 simulations a cluster are enough for the widths shown here, not for the tails beyond 95 %.")],
            Literature =
            [
                new("mach_3d", "CHEX-MATE", "all 64", "0-1 R500", 0.4, 0.2, 0.2, "1", "published", "", "Dupourqué et al. 2024"), new("slope", "X-COP", "all 12", "0-1 R500", null, null, null, "1", "consistent with 11/3", "", "Dupourqué et al. 2023"),
                new("clumping", "80 clusters", "relaxed", "", 1.03, null, null, "1", "published; errors not read", "", "Heinrich et al. 2024"), new("injection_scale_kpc", "a 85", "one cluster", "", 400, null, null, "kpc", "approximate", "", "nobody"),
            ],
            PressureCurves = [new("Shaw et al. 2010", "Shaw et al. 2010 (ApJ 725, 1452)", "Shaw2010", [(0.1, 0.03), (1, 0.18)]), new("Nelson et al. 2014", "Nelson et al. 2014 (ApJ 792, 25)", "Nelson2014", [(0.1, 0.1), (1, 0.21)])],
            Methods = Methods(scales),
            Provenance = Records(clusters),
        };
    }

    private static Samples.SampleDivision Division => new()
    {
        Groupings =
        [
            new("dynamical state", "tier = 1",
                [new("relaxed", "w < 0.01", "(tier = 1) AND (w < 0.01)", ["A85", "A1795"]), new("disturbed", "w >= 0.01", "(tier = 1) AND (w >= 0.01)", ["A1644"]), new("torn", "w > 1", "(tier = 1) AND (w > 1)", [])],
                [new("A644", "meets no condition")]),
        ],
        Excluded = [new("A2319", "merger")],
        Unmatched = [new("A9999", null), new("a3158", "A3158")],
    };

    private static PopulationResult Population(string grouping, string name, string region, TurbulenceTruth truth)
    {
        var mean = Summarise(Draws(truth, 0.1, 500, new Seed(4).Derive(region).Stream()));
        return new(grouping, name, region, 6, mean, mean, new(new(0.05, 0.02, 0.1, 0.02, 0.1), new(0.1, 0.03, 0.3, 0.03, 0.3), new(0.4, 0.1, 0.8, 0.1, 0.8)), true);
    }

    private static TrendResult Trend(string region, string quantity, double p) => new(
        new()
        {
            Region = region, Quantity = quantity, QuantityUnit = "1", Clusters = 6, ClusterNames = "", Measured = 1, LeftOut = "A644;A85", Correlation = new(-0.6, -0.8, -0.3), SpearmanDraws = new(-0.4, -0.7, -0.1), Converged = true,
            PValue = p, PValueHolm = Math.Min(1, 2 * p), Slope = new(-0.8, -1, -0.6), IntrinsicScatter = new(0.05, 0.02, 0.09), Pivot = 0.3, Level = -0.8,
        },
        quantity, [.. Enumerable.Range(0, 6).Select(i => new TrendPoint(NameOf(i), 0.1 * i, i == 5, new(0.2 - 0.02 * i, 0.15 - 0.02 * i, 0.26 - 0.02 * i, 0.1 - 0.01 * i, 0.3)))]);

    private static MethodSettings Methods(int scales) => new()
    {
        SimulationsPerCluster = 1000,
        PriorMargin = 0.08,
        Scales = scales,
        SmallestScaleR500 = 0.1,
        LargestScaleR500 = 1,
        Prior = Prior,
        Simulator = "a three-dimensional density cube",
        SecondOrder = "normalised",
        NullSpectrum = "mean",
        FilterMask = "region",
        Estimator = "a masked autoregressive flow of 5 transforms with 2 × 50 hidden units",
        Networks = 3,
        PosteriorEvaluation = "a grid of 48 × 48 × 48 nodes",
        MeanModel = "an elliptical modified Vikhlinin density profile",
        EnergyBand = "0.7–1.2 keV",
    };

    private static Provenance Records(int clusters) => new()
    {
        RunId = "20260411-093000-5c1e",
        Seed = "20260411",
        Versions = [new("ClusterSurvey", "0.1.0"), new("TorchSharp", "0.107.0"), new("Machine", "2 cores, 8 GB")],
        Settings = [new("simulations", "1000"), new("second order", "normalised"), new("pixels across", "64")],
        Inputs = [.. Enumerable.Range(0, clusters).Select(i => new InputRecord($"{NameOf(i)}/counts.fits", Convert.ToHexStringLower(BitConverter.GetBytes(i * 2654435761L)).PadLeft(64, 'a'), 16_640 + i))],
        Timings = [new("Survey.LoadMaps", clusters, 0, 1.2), new("Survey.SimulateSpectra", clusters, 2, 214.7), new("Survey.TrainLikelihood", 6 * clusters, 12, 96.3)],
        Artifacts = [.. Enumerable.Range(0, clusters).Select(i => new ArtifactRecord(NameOf(i), "Survey.MeasureSpectrum", "spectrum", new string((char)('a' + i % 6), 64)))],
    };

    private static string NameOf(int i) => i < XCop.Length ? XCop[i].Name : $"PSZ2 G{100 + 7 * i % 260:000}.{i % 100:00}{(i % 2 == 0 ? "+" : "-")}{20 + i % 60}.{(37 * i) % 100:00}";

    private static double[][] Draws(TurbulenceTruth centre, double width, int count, RandomStream stream)
    {
        double[] middle = [Math.Log10(centre.Sigma) + 0.4 * width * stream.NextNormal(), Math.Log10(centre.InjectionScaleR500) + 0.5 * width * stream.NextNormal(), centre.Slope + 1.2 * width * stream.NextNormal()];
        double[][] draws = [new double[count], new double[count], new double[count]];
        for (var i = 0; i < count; i++)
            do
            {
                double a = stream.NextNormal(), b = stream.NextNormal(), c = stream.NextNormal();
                draws[0][i] = middle[0] + 0.45 * width * a;
                draws[1][i] = middle[1] + width * (0.6 * a + 0.55 * b + 0.12 * (b * b - 1));
                draws[2][i] = middle[2] + 2.4 * width * (-0.5 * b + 0.8 * c);
            }
            while (Enumerable.Range(0, 3).Any(p => draws[p][i] < Prior[p].Low || draws[p][i] > Prior[p].High));
        return draws;
    }

    private static TurbulenceSummary Summarise(double[][] draws) => new(
        PosteriorSummary.FromDraws(draws[0]).Select(x => Math.Pow(10, x)), PosteriorSummary.FromDraws(draws[1]).Select(x => Math.Pow(10, x)), PosteriorSummary.FromDraws(draws[2]));

    private static RegionResult Joint((string Name, double Inner, double Outer, TurbulenceTruth Truth, double Width) region, int clusters, bool isMock, Seed seed)
    {
        var draws = Draws(region.Truth, region.Width * 1.3 / Math.Sqrt(clusters), 3000, seed.Stream());
        var joint = Summarise(draws);
        return new()
        {
            Name = region.Name, InnerR500 = region.Inner, OuterR500 = region.Outer, Clusters = clusters, Joint = joint,
            Densities = new(() => MarginalDensities.FromDraws(draws, Prior)), Truth = isMock ? region.Truth : null,
            Derived =
            [
                new("clumping", "clumping factor", "C", "", joint.Sigma.Select(s => 1 + s * s), "C = 1 + σ^{2}"),
                new("mach", "3-D Mach number", "M_{3D}", "", joint.Sigma.Select(s => Math.Sqrt(3) * s), "M_{3D} = √3 σ/η with η = 1 (Zhuravleva et al. 2023)"),
                new("pressure", "turbulent pressure fraction", "P_{turb}/P_{tot}", "", joint.Sigma.Select(s => 5 * s * s / (5 * s * s + 3)), "γM^{2}/(γM^{2} + 3), γ = 5/3"),
            ],
            Calibrations = [.. MachCalibration.All.Select((calibration, i) => new CalibratedMach(calibration, i == 0,
                region.Name == "IV" && calibration == MachCalibration.GaspariChurazov2013 ? null : joint.Sigma.Select(s => calibration.Apply(new FluctuationAmplitude(s, 0.6 * s, new Kiloparsec(400), region.Outer / 2)).Value),
                calibration == MachCalibration.GaspariChurazov2013 ? region.Name == "IV" ? 0.3 : 0.9 : 1))],
            Flags = region.Name == "IV" ? [new(FlagLevel.Note, "Noise-limited", "at these depths most clusters constrain only an upper limit here; the joint fit carries the result.")] : [],
        };
    }

    private static ClusterResult Cluster(int i, bool isMock, int pixels, int scales, Seed seed)
    {
        var (_, redshift, r500) = XCop[i % XCop.Length];
        return new()
        {
            Name = NameOf(i), Redshift = redshift + 0.003 * (i / XCop.Length), R500Kpc = r500, RaDeg = 10.4 + 29.1 * i % 350, DecDeg = -45.2 + 7.7 * i % 90,
            SourceCounts = 80_000 + 13_700 * (i % 23), Instrument = "XMM-Newton EPIC (mock)",
            Facts = [new("M_{500}", (3.5 + i % 6).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), "10^{14} M_{☉}"), new("Centroid shift", "0.0045")],
            Maps = new(() => SampleMaps.Of(pixels, seed.Derive("maps"))),
            Regions = [.. Regions.Select(region => InRegion(region, isMock, scales, seed.Derive(region.Name), withCorner: i < 2))],
            MeanModel =
            [
                new("central density squared", "log_{10} n_{e}^{2}", -4.924, 0.0021, "cm^{−6}"), new("core radius", "log_{10} r_{c}", -1.157, 0.0032, "R_{500}"),
                new("outer slope", "β", 0.547, 0.0014, ""), new("ellipse angle", "θ", 0.852, 0.0031, "rad"), new("eccentricity", "e", 0.753, 0.0012, ""),
            ],
            Flags = i % 5 == 2 ? [new(FlagLevel.Warning, "Observation outside the training range", "S at 2 of 48 scales lies beyond the 99.9 % range of the simulations: the model may not describe this cluster.")] : [],
        };
    }

    private static ClusterRegion InRegion((string Name, double Inner, double Outer, TurbulenceTruth Truth, double Width) region, bool isMock, int scales, Seed seed, bool withCorner)
    {
        var stream = seed.Stream();
        var draws = Draws(region.Truth, region.Width * 1.3, 400, stream);
        return new()
        {
            Region = region.Name, Posterior = Summarise(draws), Densities = withCorner ? new(() => MarginalDensities.FromDraws(draws, Prior, 24)) : null, Pixels = (int)(3200 * (region.Outer * region.Outer - region.Inner * region.Inner)),
            Truth = isMock ? region.Truth : null, Spectrum = Spectrum(region.Truth, region.Outer, scales, stream),
        };
    }

    private static SpectrumSeries Spectrum(TurbulenceTruth truth, double outer, int count, RandomStream stream)
    {
        var scales = Enumerable.Range(0, count).Select(i => 0.1 * Math.Pow(10, i / (count - 1.0))).ToArray();
        var expected = scales.Select(s => Math.Log(1 + 900 * truth.Sigma * truth.Sigma * Math.Exp(-3 * outer) * Math.Pow(s / truth.InjectionScaleR500, 1.4) / (1 + Math.Pow(s / truth.InjectionScaleR500, 1.6)))).ToArray();
        var spread = scales.Select(s => 0.12 + 0.5 * s).ToArray();
        var measured = expected.Select((s, i) => s + spread[i] * stream.NextNormal()).ToArray();
        var noise = scales.Select(s => 3.1e-16 * Math.Pow(s, -0.15)).ToArray();
        double[] Shift(double by) => [.. expected.Select((s, i) => s + by * spread[i])];
        return new(scales, [.. noise.Select((n, i) => n * Math.Exp(measured[i]))], noise, measured, "(counts s^{−1} kpc^{−2})^{2} R_{500}^{2}")
        {
            Predictive = new(Shift(0), Shift(-1), Shift(1), Shift(-2), Shift(2)),
        };
    }
}
