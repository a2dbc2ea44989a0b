namespace ClusterSurvey.Activities.Report;

/// <summary>What all clusters together say about one region.</summary>
public sealed record RegionResult
{
    /// <summary>Name in tables: I, II, III, IV, global, no_core.</summary>
    public required string Name { get; init; }

    /// <summary>Bounds in elliptical radius, R500.</summary>
    public required double InnerR500 { get; init; }

    public required double OuterR500 { get; init; }

    /// <summary>How many clusters the joint posterior combines.</summary>
    public required int Clusters { get; init; }

    /// <summary>The joint posterior.</summary>
    public required TurbulenceSummary Joint { get; init; }

    /// <summary>What the likelihoods of the clusters are wrong in together, of which the joint posterior takes account; null where it was not measured.</summary>
    public MeasuredCommonError? CommonError { get; init; }

    /// <summary>The joint posterior's marginal densities, for the corner plot, worked out when it is drawn; none: no corner plot.</summary>
    public Lazy<MarginalDensities>? Densities { get; init; }

    /// <summary>What the mock was made with.</summary>
    public TurbulenceTruth? Truth { get; init; }

    /// <summary>Secondary quantities derived from the joint posterior (clumping, Mach number, pressure fraction).</summary>
    public IReadOnlyList<DerivedQuantity> Derived { get; init; } = [];

    /// <summary>The three-dimensional Mach number; null when it was not derived.</summary>
    public PosteriorSummary? MachNumber => Derived.Where(quantity => quantity.Key == "mach").Select(quantity => (PosteriorSummary?)quantity.Value).FirstOrDefault();

    /// <summary>The Mach number by every published relation, the selected one first.</summary>
    public IReadOnlyList<CalibratedMach> Calibrations { get; init; } = [];

    public IReadOnlyList<QualityFlag> Flags { get; init; } = [];

    /// <summary>True when the region is a simple annulus of the set: no other region of it lies inside.</summary>
    public bool IsAnnulusOf(IEnumerable<RegionResult> regions) =>
        !regions.Any(other => other.Name != Name && other.InnerR500 >= InnerR500 && other.OuterR500 <= OuterR500);

    /// <summary>The name with its bounds, for titles, as rich text.</summary>
    public string Title => Name switch
    {
        "global" => $"Global ({Bounds})",
        "no_core" => $"Without core ({Bounds})",
        _ => $"Region {Name} ({Bounds})",
    };

    /// <summary>The bounds in words, as rich text (<see cref="Markup.RichText"/>).</summary>
    public string Bounds => FormattableString.Invariant($"{InnerR500:0.###}–{OuterR500:0.###} R_{{500}}");
}

/// <summary>A quantity that follows from the posterior by a formula.</summary>
/// <param name="Key">Equal for the same quantity in every region.</param>
/// <param name="Name">Its name in words, e.g. "3-D Mach number".</param>
/// <param name="Symbol">Its letter, as rich text (<see cref="Markup.RichText"/>).</param>
/// <param name="Unit">Its unit; empty for a pure number.</param>
/// <param name="Value">Its posterior.</param>
/// <param name="Conversion">The formula and its source, for the caption, as rich text.</param>
public sealed record DerivedQuantity(string Key, string Name, string Symbol, string Unit, PosteriorSummary Value, string Conversion);
