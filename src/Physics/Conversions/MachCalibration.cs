namespace ClusterSurvey.Physics.Conversions;

/// <summary>A published relation between fluctuations of the gas and its turbulent Mach number.</summary>
public sealed class MachCalibration
{
    private const string Zhuravleva23 = "Zhuravleva et al. 2023, MNRAS 520, 5157", Zhuravleva14 = "Zhuravleva et al. 2014, ApJ 788, L13", Key23 = "Zhuravleva2023", Key14 = "Zhuravleva2014";

    private static readonly double Root3 = Math.Sqrt(3);

    private readonly Func<FluctuationAmplitude, double> mach3D;
    private readonly Func<FluctuationAmplitude, double, double> scatter;

    private MachCalibration(string name, string label, string citation, string[] keys, string relation, Func<FluctuationAmplitude, double> mach3D, Func<FluctuationAmplitude, double, double> scatter)
    {
        (Name, Label, Citation, CitationKeys, Relation) = (name, label, citation, keys, relation);
        (this.mach3D, this.scatter) = (mach3D, scatter);
    }

    /// <summary>
    /// M3D = sqrt 3 sigma, scatter 50 %: the linear relation of Zhuravleva et al. 2014 with the scatter of unrelaxed clusters. A sigma of 0.23
    /// becomes 0.4 +- 0.2, CHEX-MATE's value (Dupourque et al. 2024).
    /// </summary>
    public static MachCalibration Linear { get; } = OneDimensional("linear", "linear, scatter of unrelaxed", Zhuravleva14 + ", with the scatter of " + Zhuravleva23, [Key14, Key23], 1, 0.5);

    /// <summary>
    /// A_peak = 0.25 M3D (l_inj / 500 kpc)^aH, aH = 0.25 +- 0.05. Its form for pressure, divided by 0.25 gamma, gives the same M for adiabatic fluctuations.
    /// The scatter is that of the exponent, 0.05 |ln(l_inj / 500 kpc)| M3D: none at 500 kpc, for which the relation was simulated.
    /// </summary>
    public static MachCalibration GaspariChurazov2013 { get; } = new(
        "gaspari_churazov_2013", "Gaspari & Churazov 2013", "Gaspari & Churazov 2013, A&A 559, A78", ["GaspariChurazov2013"], "M_{3D} = 4 A_{peak} (500 kpc/ℓ_{inj})^{a}, a = 0.25 ± 0.05",
        x => 4 * x.PeakAmplitude * Math.Pow(500 / x.InjectionScale.Value, 0.25), (x, mach) => 0.05 * Math.Abs(Math.Log(x.InjectionScale.Value / 500)) * mach);

    /// <summary>A_rho(k) = eta V_1D(k) / c_s with eta = 1 +- 0.3, read with the rms over all scales.</summary>
    public static MachCalibration Zhuravleva2014 { get; } = OneDimensional("zhuravleva_2014", "Zhuravleva+ 2014", Zhuravleva14, [Key14], 1, 0.3);

    /// <summary>Relaxed clusters: eta = 1; the abstract gives no scatter, that of <see cref="Zhuravleva2014"/> stands in.</summary>
    public static MachCalibration Zhuravleva2023Relaxed { get; } = OneDimensional("zhuravleva_2023_relaxed", "Zhuravleva+ 2023, relaxed", Zhuravleva23, [Key23], 1, 0.3);

    /// <summary>Unrelaxed clusters: eta = 1.3 +- 0.5.</summary>
    public static MachCalibration Zhuravleva2023Unrelaxed { get; } = OneDimensional("zhuravleva_2023_unrelaxed", "Zhuravleva+ 2023, unrelaxed", Zhuravleva23, [Key23], 1.3, 0.5);

    /// <summary>M3D = ((exp(sigma_LN^2) - 1) / (gamma / 3)^2)^(1/4), stratified turbulence; published without a scatter.</summary>
    public static MachCalibration Mohapatra2020 { get; } = new(
        "mohapatra_2020", "Mohapatra+ 2020", "Mohapatra et al. 2020, MNRAS 493, 5838", ["Mohapatra2020"], "M_{3D} = [9 (exp σ_{LN}^{2} − 1)/γ^{2}]^{1/4}",
        x => Math.Pow((Math.Exp(x.LogNormalSigma * x.LogNormalSigma) - 1) * 9 / (GasPhysics.AdiabaticIndex * GasPhysics.AdiabaticIndex), 0.25), (_, _) => 0);

    /// <summary>
    /// Every calibration, <see cref="Linear"/> first. Those named <c>pressure</c> were published for fluctuations of pressure; with density
    /// they assume isothermal fluctuations, delta P / P = delta n / n, and with adiabatic ones sigma must be multiplied by gamma beforehand.
    /// </summary>
    public static IReadOnlyList<MachCalibration> All { get; } =
    [
        Linear, GaspariChurazov2013, Zhuravleva2014, Zhuravleva2023Relaxed, Zhuravleva2023Unrelaxed, Mohapatra2020,
        Pressure("relaxed", 1.0, 0.2), Pressure("intermediate", 1.2, 0.4), Pressure("unrelaxed", 1.5, 0.5),
        Sum("relaxed", 0.06, 0.11, 0.35, 0.04), Sum("intermediate", 0.13, 0.11, 0.24, 0.07), Sum("unrelaxed", 0.21, 0.14, 0.14, 0.07),
        Product("relaxed", 0.40, 0.42, 0.29, 0.04), Product("intermediate", 0.45, 0.26, 0.28, 0.07), Product("unrelaxed", 0.50, 0.21, 0.27, 0.07),
    ];

    /// <summary>Name in settings and tables.</summary>
    public string Name { get; }

    /// <summary>Short name in figures: whose it is and for which clusters.</summary>
    public string Label { get; }

    /// <summary>Where it was published.</summary>
    public string Citation { get; }

    /// <summary>The same as keys of a bibliography: first author or authors, and year.</summary>
    public IReadOnlyList<string> CitationKeys { get; }

    /// <summary>The relation in letters, sub- and superscripts in braces: <c>M_{3D}</c>.</summary>
    public string Relation { get; }

    /// <summary>True when it was published for fluctuations of pressure.</summary>
    public bool IsOfPressure => Name.Contains("_pressure_", StringComparison.Ordinal);

    /// <summary>The calibration with this name.</summary>
    /// <exception cref="ArgumentException">No calibration has it; the message lists those that exist.</exception>
    public static MachCalibration Named(string name) =>
        All.FirstOrDefault(calibration => calibration.Name == name)
        ?? throw new ArgumentException($"no Mach calibration is called '{name}'; there are {string.Join(", ", All.Select(calibration => calibration.Name))}", nameof(name));

    /// <summary>The Mach number of fluctuations; NaN where the calibration needs a peak amplitude and the spectrum has none.</summary>
    public MachNumber Apply(FluctuationAmplitude fluctuations) => new(mach3D(fluctuations));

    /// <summary>Standard deviation in M3D of the calibration itself: to be added to the error of a measurement.</summary>
    public double ScatterAt(FluctuationAmplitude fluctuations) => scatter(fluctuations, mach3D(fluctuations));

    private static MachCalibration OneDimensional(string name, string label, string citation, string[] keys, double eta, double etaScatter) => new(
        name, label, citation, keys, FormattableString.Invariant($"M_{{3D}} = √3 σ/η, η = {eta} ± {etaScatter}"), x => Root3 * x.Sigma / eta, (_, mach) => mach * etaScatter / eta);

    private static MachCalibration Pressure(string state, double eta, double etaScatter)
        => OneDimensional($"zhuravleva_2023_pressure_{state}", $"Zhuravleva+ 2023, {state}, δP", Zhuravleva23, [Key23], eta, etaScatter);

    private static MachCalibration Sum(string state, double constant, double radius, double width, double rms1D) => new(
        $"zhuravleva_2023_pressure_sum_{state}", $"Zhuravleva+ 2023, {state}, δP, sum", Zhuravleva23, [Key23], FormattableString.Invariant($"M_{{1D}} = {constant} + {radius} r/R_{{500}} + {width} ξ, rms {rms1D}"),
        x => Root3 * (constant + radius * x.RadiusR500 + width * x.LogNormalWidth), (_, _) => Root3 * rms1D);

    // The rms is that of the sum form: the product's own was not at hand.
    private static MachCalibration Product(string state, double constant, double radius, double width, double rms1D) => new(
        $"zhuravleva_2023_pressure_product_{state}", $"Zhuravleva+ 2023, {state}, δP, product", Zhuravleva23, [Key23], FormattableString.Invariant($"M_{{1D}} = {constant} (r/R_{{500}})^{{{radius}}} ξ^{{{width}}}, rms {rms1D}"),
        x => Root3 * constant * Math.Pow(x.RadiusR500, radius) * Math.Pow(x.LogNormalWidth, width), (_, _) => Root3 * rms1D);
}
