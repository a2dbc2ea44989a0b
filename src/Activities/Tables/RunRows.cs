namespace ClusterSurvey.Activities.Tables;

[Table("spectra", 1, "one scale of the fluctuation spectrum of one cluster in one region")]
public sealed record SpectrumRow
{
    [Column("cluster", "", "name in the sample table")]
    public required string Cluster { get; init; }

    [Column("region", "", "I, II, III, IV, global, no_core, or a region of the settings")]
    public required string Region { get; init; }

    [Column("scale_r500", "R500", "scale 1/k")]
    public required double ScaleR500 { get; init; }

    [Column("scale_kpc", "kpc", "the same scale at the cluster's R500")]
    public required double ScaleKpc { get; init; }

    [Column("power", "(counts s^-1 kpc^-2)^2 R500^2", "Mexican-hat power of the absolute fluctuation map")]
    public required double? Power { get; init; }

    [Column("null_power", "(counts s^-1 kpc^-2)^2 R500^2", "the same of the unperturbed model with Poisson noise only")]
    public required double? NullPower { get; init; }

    [Column("s", "1", "summary ln(power) - ln(null_power)")]
    public required double? S { get; init; }
}

[Table("samples", 1, "one draw of a posterior")]
public sealed record SampleDrawRow
{
    [Column("cluster", "", "name in the sample table; empty for the joint posterior of all clusters")]
    public required string Cluster { get; init; }

    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("draw", "1", "number of the draw, from 0")]
    public required int Draw { get; init; }

    [Column("log10_sigma", "1", "log10 of sigma, the rms of delta = n/n0 - 1 over all scales")]
    public required double Log10Sigma { get; init; }

    [Column("log10_injection_scale", "log10 R500", "log10 of the injection scale in R500")]
    public required double Log10InjectionScale { get; init; }

    [Column("slope", "1", "alpha of P3D ~ k^-alpha")]
    public required double Slope { get; init; }
}

[Table("calibration", 2, "one calibration test of one network")]
public sealed record CalibrationRow
{
    [Column("cluster", "", "name in the sample table; empty for the joint posterior")]
    public required string Cluster { get; init; }

    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("test", "", "sbc, coverage or tarp")]
    public required string Test { get; init; }

    [Column("parameter", "", "parameter that is tested; empty for all together")]
    public required string Parameter { get; init; }

    [Column("cases", "1", "simulations with known truth that were used")]
    public required int Cases { get; init; }

    [Column("statistic", "1", "the test's statistic")]
    public required double Statistic { get; init; }

    [Column("p_value", "1", "probability of a statistic at least as extreme from a calibrated posterior")]
    public required double PValue { get; init; }

    [Column("p_value_holm", "1", "the same after Holm's correction for the number of tests of the cluster")]
    public required double PValueHolm { get; init; }

    [Column("passed", "", "false when the corrected p-value rejects calibration, at 0.01 for the networks of a cluster")]
    public required bool Passed { get; init; }

    [Column("retrained", "", "true when the network failed at first and a larger one was trained; the tests are those of the better of the two", Since = 2)]
    public required bool Retrained { get; init; }
}

[Table("failures", 1, "one thing that kept a cluster out of the survey")]
public sealed record FailureRow
{
    [Column("cluster", "", "name in the sample table; empty for the survey as a whole")]
    public required string Cluster { get; init; }

    [Column("region", "", "region; empty for the whole cluster")]
    public required string Region { get; init; }

    [Column("step", "", "step that failed")]
    public required string Step { get; init; }

    [Column("kind", "", "bad_input when the input is at fault, failure otherwise")]
    public required string Kind { get; init; }

    [Column("where", "", "file, HDU, keyword, line or option")]
    public required string Where { get; init; }

    [Column("found", "", "what was found there")]
    public required string Found { get; init; }

    [Column("expected", "", "what was expected")]
    public required string Expected { get; init; }

    [Column("remedy", "", "what to do")]
    public required string Remedy { get; init; }

    [Column("attempts", "1", "times the step was tried")]
    public required int Attempts { get; init; }
}
