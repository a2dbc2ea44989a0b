namespace ClusterSurvey.Activities.Report;

/// <summary>One cluster of the survey.</summary>
public sealed record ClusterResult
{
    public required string Name { get; init; }

    public required double Redshift { get; init; }

    public required double R500Kpc { get; init; }

    public double? RaDeg { get; init; }

    public double? DecDeg { get; init; }

    /// <summary>Source counts inside R500; none when unknown.</summary>
    public double? SourceCounts { get; init; }

    public string? Instrument { get; init; }

    /// <summary>Further facts: mass, morphology, dynamical state, column density. Names and units as rich text (<see cref="Markup.RichText"/>).</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The maps, worked out when they are drawn; null for none.</summary>
    public Lazy<ClusterMaps>? Maps { get; init; }

    /// <summary>The results in each region.</summary>
    public IReadOnlyList<ClusterRegion> Regions { get; init; } = [];

    /// <summary>Parameters of the mean surface-brightness model, with errors where there are any.</summary>
    public IReadOnlyList<ModelParameter> MeanModel { get; init; } = [];

    public IReadOnlyList<QualityFlag> Flags { get; init; } = [];
}

/// <summary>One cluster in one region.</summary>
public sealed record ClusterRegion
{
    /// <summary>Name of the region.</summary>
    public required string Region { get; init; }

    /// <summary>The posterior from this cluster alone; null when there is none.</summary>
    public TurbulenceSummary? Posterior { get; init; }

    /// <summary>The posterior's marginal densities, for the corner plot, worked out when it is drawn; none: no corner plot.</summary>
    public Lazy<MarginalDensities>? Densities { get; init; }

    public SpectrumSeries? Spectrum { get; init; }

    public int? Pixels { get; init; }

    public TurbulenceTruth? Truth { get; init; }

    public IReadOnlyList<QualityFlag> Flags { get; init; } = [];
}

/// <summary>A number with its standard error; symbol and unit as rich text (<see cref="Markup.RichText"/>).</summary>
public sealed record ModelParameter(string Name, string Symbol, double Value, double? Error, string Unit);

/// <summary>A named value in words.</summary>
public sealed record Fact(string Name, string Value, string Unit = "");

/// <summary>A cluster that the survey went on without.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Step">The step that failed.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record FailureRecord(string Cluster, string Step, string Error, string Remedy);
