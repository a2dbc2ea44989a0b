namespace ClusterSurvey.Activities.Report;

/// <summary>
/// Everything that a report shows, as plain values. <see cref="ReportSite.Pages"/> turns it into pages and
/// looks at nothing else, so equal models give equal pages.
/// </summary>
public sealed record ReportModel
{
    public required string SurveyName { get; init; }

    /// <summary>The date as it is to be printed.</summary>
    public required string Date { get; init; }

    /// <summary>A sentence under the title; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The regions with their joint posteriors, in the order of the tables.</summary>
    public required IReadOnlyList<RegionResult> Regions { get; init; }

    /// <summary>The clusters that were measured.</summary>
    public required IReadOnlyList<ClusterResult> Clusters { get; init; }

    public IReadOnlyList<FailureRecord> Failures { get; init; } = [];

    /// <summary>Which clusters the settings leave out of joint posteriors, and how they divide the others.</summary>
    public Samples.SampleDivision Division { get; init; } = Samples.SampleDivision.None;

    /// <summary>Whether the settings leave a cluster out of joint posteriors.</summary>
    public bool IsExcluded(string cluster) => Division.Excluded.Any(excluded => excluded.Name == cluster);

    /// <summary>Joint posteriors of parts of the sample, in print order.</summary>
    public IReadOnlyList<SubsampleResult> Subsamples { get; init; } = [];

    /// <summary>Populations of all clusters and of groups, region by region; the whole first.</summary>
    public IReadOnlyList<PopulationResult> Populations { get; init; } = [];

    /// <summary>How sigma goes with quantities of the clusters, region by region.</summary>
    public IReadOnlyList<TrendResult> Trends { get; init; } = [];

    /// <summary>Judgements on the survey as a whole: calibration, convergence, agreement of clusters.</summary>
    public IReadOnlyList<QualityFlag> Verdicts { get; init; } = [];

    public required MethodSettings Methods { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>Curves of simulations for the turbulent pressure fraction against radius.</summary>
    public IReadOnlyList<Plots.RadialCurve> PressureCurves { get; init; } = [];

    /// <summary>Results of the literature to show beside the survey's.</summary>
    public IReadOnlyList<PublishedResult> Literature { get; init; } = [];

    /// <summary>True when a validation of the survey stands beside the report.</summary>
    public bool HasValidation { get; init; }

    /// <summary>Names of the files of the report.</summary>
    public ReportNames Names => new(this);

    /// <summary>True when the maps are mocks with known truth.</summary>
    public bool IsMock => Regions.Any(region => region.Truth is not null);
}
