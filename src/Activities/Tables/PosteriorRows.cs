namespace ClusterSurvey.Activities.Tables;

/// <summary>What the tables of clusters and of sub-samples have in common: the posterior and what follows from it. Unknown is empty.</summary>
public abstract record PosteriorRow
{
    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("log10_sigma", "1", "log10 of sigma, the rms of delta over all scales")]
    public required Interval? Log10Sigma { get; init; }

    [Column("log10_injection_scale", "log10 R500", "log10 of the injection scale in R500")]
    public required Interval? Log10InjectionScale { get; init; }

    [Column("slope", "1", "alpha of P3D ~ k^-alpha; 11/3 is Kolmogorov's")]
    public required Interval? Slope { get; init; }

    [Column("sigma_observed", "1", "rms of delta between the largest and the smallest measured scale")]
    public Interval? SigmaObserved { get; init; }

    [Column("clumping", "1", "clumping factor C = 1 + sigma^2")]
    public Interval? Clumping { get; init; }

    [Column("mach_3d", "1", "three-dimensional Mach number; the manifest names the calibration")]
    public Interval? MachNumber { get; init; }

    [Column("turbulent_pressure_fraction", "1", "P_turb / P_tot")]
    public Interval? TurbulentPressureFraction { get; init; }

    [Column("hydrostatic_bias", "1", "b_turb of M_HSE = (1 - b) M")]
    public Interval? HydrostaticBias { get; init; }

    [Column("flags", "", "quality flags in words, separated by ';'; empty when nothing is wrong")]
    public required string Flags { get; init; }
}

[Table("clusters", 2, "one cluster in one region")]
public sealed record ClusterRow : PosteriorRow
{
    [Column("cluster", "", "name in the sample table")]
    public required string Cluster { get; init; }

    [Column("redshift", "1", "redshift")]
    public required double Redshift { get; init; }

    [Column("r500_kpc", "kpc", "R500")]
    public required double R500Kpc { get; init; }

    [Column("injection_scale_kpc", "kpc", "injection scale at the cluster's R500")]
    public Interval? InjectionScaleKpc { get; init; }

    [Column("counts", "counts", "counts in the region")]
    public double? Counts { get; init; }

    [Column("pixels", "1", "pixels of the region")]
    public int? Pixels { get; init; }

    [Column("outside_training", "", "true when the measured spectrum lies outside the central 99.9 % of the simulated ones at any scale")]
    public bool? OutsideTraining { get; init; }

    [Column("network_disagreement", "1", "rms of log q about its mean over the networks of the ensemble, at the posterior's mode, in nats; null for one network")]
    public double? NetworkDisagreement { get; init; }

    [Column("sigma_unphysical_fraction", "1", "fraction of the simulations in which more than 1 % of the volume has delta < -1")]
    public double? UnphysicalFraction { get; init; }

    [Column("morphology_coverage", "1", "part of the mean model's light within R500 on usable pixels: the measured morphology stands on it, the rest is the mean model", Since = 2)]
    public double? MorphologyCoverage { get; init; }

    [Column("centroid_shift_r500", "R500", "centroid shift w that groups and trends use", Since = 2)]
    public double? CentroidShift { get; init; }

    [Column("centroid_shift_source", "", "table (the sample's) or measured; empty when it is unknown", Since = 2)]
    public string CentroidShiftSource { get; init; } = "";

    [Column("centroid_shift_measured_r500", "R500", "centroid shift w, measured on the maps", Since = 2)]
    public double? CentroidShiftMeasured { get; init; }

    [Column("centroid_shift_measured_error_r500", "R500", "its standard error from counting noise", Since = 2)]
    public double? CentroidShiftMeasuredError { get; init; }

    [Column("concentration", "1", "light within 0.15 R500 over light within R500 that groups and trends use", Since = 2)]
    public double? Concentration { get; init; }

    [Column("concentration_source", "", "table (the sample's) or measured; empty when it is unknown", Since = 2)]
    public string ConcentrationSource { get; init; } = "";

    [Column("concentration_measured", "1", "light within 0.15 R500 over light within R500, measured on the maps", Since = 2)]
    public double? ConcentrationMeasured { get; init; }

    [Column("concentration_measured_error", "1", "its standard error from counting noise", Since = 2)]
    public double? ConcentrationMeasuredError { get; init; }

    [Column("gini", "1", "Gini coefficient within R500 that groups and trends use", Since = 2)]
    public double? Gini { get; init; }

    [Column("gini_source", "", "table (the sample's) or measured; empty when it is unknown", Since = 2)]
    public string GiniSource { get; init; } = "";

    [Column("gini_measured", "1", "Gini coefficient within R500, measured on the maps", Since = 2)]
    public double? GiniMeasured { get; init; }

    [Column("gini_measured_error", "1", "its standard error from counting noise", Since = 2)]
    public double? GiniMeasuredError { get; init; }

    [Column("zernike", "1", "Zernike moment C_Z within R500 that groups and trends use", Since = 2)]
    public double? Zernike { get; init; }

    [Column("zernike_source", "", "table (the sample's) or measured; empty when it is unknown", Since = 2)]
    public string ZernikeSource { get; init; } = "";

    [Column("zernike_measured", "1", "Zernike moment C_Z within R500, measured on the maps", Since = 2)]
    public double? ZernikeMeasured { get; init; }

    [Column("zernike_measured_error", "1", "its standard error from counting noise", Since = 2)]
    public double? ZernikeMeasuredError { get; init; }
}

[Table("subsamples", 3, "the joint posterior of one sub-sample in one region")]
public sealed record SubsampleRow : PosteriorRow
{
    [Column("grouping", "", "division of the sample that the sub-sample belongs to; empty for the whole", Since = 2)]
    public required string Grouping { get; init; }

    [Column("subsample", "", "name of the sub-sample")]
    public required string Subsample { get; init; }

    [Column("where_sql", "", "the condition over the sample table that selects it")]
    public required string Where { get; init; }

    [Column("clusters", "1", "clusters in it that have a likelihood")]
    public required int Clusters { get; init; }

    [Column("cluster_names", "", "their names, separated by ';'")]
    public required string ClusterNames { get; init; }

    [Column("common_error", "1", "common part of the mean square gradient of the clusters' likelihoods, by which the joint posterior is widened, where it lies in the prior; empty where it was not measured, or for one cluster", Since = 3)]
    public double? CommonError { get; init; }

    [Column("common_error_std", "1", "its standard error, that of the average over the prior", Since = 3)]
    public double? CommonErrorDeviation { get; init; }
}
