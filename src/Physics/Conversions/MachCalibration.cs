namespace ClusterSurvey.Physics.Conversions;

/// <summary>A published relation between fluctuations of the gas and its turbulent Mach number.</summary>
public sealed class MachCalibration
{
    private const string Zhuravleva23 = "Zhuravleva et al. 2023, MNRAS 520, 5157";

    private static readonly double Root3 = Math.Sqrt(3);

    private readonly Func<FluctuationAmplitude, double> mach3D;
    private readonly Func<double, double> scatter;

    private MachCalibration(string name, string citation, string relation, Func<FluctuationAmplitude, double> mach3D, Func<double, double> scatter)
    {
        (Name, Citation, Relation) = (name, citation, relation);
        (this.mach3D, this.scatter) = (mach3D, scatter);
    }

    /// <summary>
    /// M3D = sqrt 3 sigma, scatter 50 %: the linear relation of Zhuravleva et al. 2014 with the scatter of unrelaxed clusters. A sigma of 0.23
    /// becomes 0.4 +- 0.2, CHEX-MATE's value (Dupourque et al. 2024).
    /// </summary>
    public static MachCalibration Linear { get; } = OneDimensional("linear", "Zhuravleva et al. 2014, ApJ 788, L13, with the scatter of " + Zhuravleva23, 1, 0.5);

    /// <summary>
    /// A_peak = 0.25 M3D (l_inj / 500 kpc)^aH, aH = 0.25 +- 0.05. Its form for pressure, divided by 0.25 gamma, gives the same M for adiabatic fluctuations.
    /// The scatter is that of the exponent at a scale e times away from 500 kpc.
    /// </summary>
    public static MachCalibration GaspariChurazov2013 { get; } = new(
        "gaspari_churazov_2013", "Gaspari & Churazov 2013, A&A 559, A78", "M3D = 4 A_peak (500 kpc / l_inj)^0.25",
        x => 4 * x.PeakAmplitude * Math.Pow(500 / x.InjectionScale.Value, 0.25), mach => 0.05 * mach);

    /// <summary>A_rho(k) = eta V_1D(k) / c_s with eta = 1 +- 0.3, read with the rms over all scales.</summary>
    public static MachCalibration Zhuravleva2014 { get; } = OneDimensional("zhuravleva_2014", "Zhuravleva et al. 2014, ApJ 788, L13", 1, 0.3);

    /// <summary>Relaxed clusters: eta = 1; the abstract gives no scatter, that of <see cref="Zhuravleva2014"/> stands in.</summary>
    public static MachCalibration Zhuravleva2023Relaxed { get; } = OneDimensional("zhuravleva_2023_relaxed", Zhuravleva23, 1, 0.3);

    /// <summary>Unrelaxed clusters: eta = 1.3 +- 0.5.</summary>
    public static MachCalibration Zhuravleva2023Unrelaxed { get; } = OneDimensional("zhuravleva_2023_unrelaxed", Zhuravleva23, 1.3, 0.5);

    /// <summary>M3D = ((exp(sigma_LN^2) - 1) / (gamma / 3)^2)^(1/4), stratified turbulence; published without a scatter.</summary>
    public static MachCalibration Mohapatra2020 { get; } = new(
        "mohapatra_2020", "Mohapatra et al. 2020, MNRAS 493, 5838", "M3D = ((exp(sigma_LN^2) - 1) / (gamma / 3)^2)^(1/4)",
        x => Math.Pow((Math.Exp(x.LogNormalSigma * x.LogNormalSigma) - 1) * 9 / (GasPhysics.AdiabaticIndex * GasPhysics.AdiabaticIndex), 0.25), _ => 0);

    /// <summary>
    /// Every calibration, <see cref="Linear"/> first. Those named <c>pressure</c> were published for fluctuations of pressure; with density
    /// they assume isothermal fluctuations, delta P / P = delta n / n, and with adiabatic ones sigma must be multiplied by gamma beforehand.
    /// </summary>
    public static IReadOnlyList<MachCalibration> All { get; } =
    [
        Linear, GaspariChurazov2013, Zhuravleva2014, Zhuravleva2023Relaxed, Zhuravleva2023Unrelaxed, Mohapatra2020,
        OneDimensional("zhuravleva_2023_pressure_relaxed", Zhuravleva23, 1.0, 0.2),
        OneDimensional("zhuravleva_2023_pressure_intermediate", Zhuravleva23, 1.2, 0.4),
        OneDimensional("zhuravleva_2023_pressure_unrelaxed", Zhuravleva23, 1.5, 0.5),
        Sum("zhuravleva_2023_pressure_sum_relaxed", 0.06, 0.11, 0.35, 0.04),
        Sum("zhuravleva_2023_pressure_sum_intermediate", 0.13, 0.11, 0.24, 0.07),
        Sum("zhuravleva_2023_pressure_sum_unrelaxed", 0.21, 0.14, 0.14, 0.07),
        Product("zhuravleva_2023_pressure_product_relaxed", 0.40, 0.42, 0.29, 0.04),
        Product("zhuravleva_2023_pressure_product_intermediate", 0.45, 0.26, 0.28, 0.07),
        Product("zhuravleva_2023_pressure_product_unrelaxed", 0.50, 0.21, 0.27, 0.07),
    ];

    /// <summary>Name in settings and tables.</summary>
    public string Name { get; }

    /// <summary>Where it was published.</summary>
    public string Citation { get; }

    /// <summary>The relation in letters.</summary>
    public string Relation { get; }

    /// <summary>The calibration with this name.</summary>
    /// <exception cref="ArgumentException">No calibration has it; the message lists those that exist.</exception>
    public static MachCalibration Named(string name) =>
        All.FirstOrDefault(calibration => calibration.Name == name)
        ?? throw new ArgumentException($"no Mach calibration is called '{name}'; there are {string.Join(", ", All.Select(calibration => calibration.Name))}", nameof(name));

    /// <summary>The Mach number of fluctuations; NaN where the calibration needs a peak amplitude and the spectrum has none.</summary>
    public MachNumber Apply(FluctuationAmplitude fluctuations) => new(mach3D(fluctuations));

    /// <summary>Standard deviation in M3D of the calibration itself: to be added to the error of a measurement.</summary>
    public double ScatterAt(MachNumber mach) => scatter(mach.Value);

    private static MachCalibration OneDimensional(string name, string citation, double eta, double etaScatter) => new(
        name, citation, FormattableString.Invariant($"M3D = sqrt 3 sigma / eta, eta = {eta} +- {etaScatter}"), x => Root3 * x.Sigma / eta, mach => mach * etaScatter / eta);

    private static MachCalibration Sum(string name, double constant, double radius, double width, double rms1D) => new(
        name, Zhuravleva23, FormattableString.Invariant($"M1D = {constant} + {radius} r/R500 + {width} xi, rms {rms1D}"),
        x => Root3 * (constant + radius * x.RadiusR500 + width * x.LogNormalWidth), _ => Root3 * rms1D);

    // The rms is that of the sum form: the product's own was not at hand.
    private static MachCalibration Product(string name, double constant, double radius, double width, double rms1D) => new(
        name, Zhuravleva23, FormattableString.Invariant($"M1D = {constant} (r/R500)^{radius} xi^{width}, rms {rms1D}"),
        x => Root3 * constant * Math.Pow(x.RadiusR500, radius) * Math.Pow(x.LogNormalWidth, width), _ => Root3 * rms1D);
}
