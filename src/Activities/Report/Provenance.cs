namespace ClusterSurvey.Activities.Report;

/// <summary>What is needed to get the same numbers again.</summary>
public sealed record Provenance
{
    public required string RunId { get; init; }

    public required string Seed { get; init; }

    /// <summary>Program, runtime, libraries and machine, with their versions.</summary>
    public IReadOnlyList<Fact> Versions { get; init; } = [];

    public IReadOnlyList<Fact> Settings { get; init; } = [];

    public IReadOnlyList<InputRecord> Inputs { get; init; } = [];

    public IReadOnlyList<TimingRecord> Timings { get; init; } = [];

    public IReadOnlyList<ArtifactRecord> Artifacts { get; init; } = [];
}

/// <summary>A file that went in.</summary>
public sealed record InputRecord(string Name, string Sha256, long? Bytes = null);

/// <summary>Time spent in a step over all clusters.</summary>
public sealed record TimingRecord(string Step, int Runs, int Cached, double Seconds);

/// <summary>A result in the artifact store.</summary>
public sealed record ArtifactRecord(string Cluster, string Step, string Kind, string Key);
