using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>How far a step has come: a fraction between 0 and 1, and what it is doing.</summary>
public readonly record struct StepProgress(double Fraction, string Doing);

/// <summary>What a step finds around it. It has no clock and no log.</summary>
public sealed record StepContext
{
    private readonly PartResults? parts;

    /// <summary>Where artifacts are read and written.</summary>
    public required ArtifactStore Store { get; init; }

    /// <summary>
    /// The seed of this kind of step in this run: the run's seed derived by the step's name. A step that works on one
    /// cluster derives further by the cluster's name, so that no two clusters share random numbers.
    /// </summary>
    public required Seed Seed { get; init; }

    /// <summary>The folder of the run, and what the steps of the run have published in it.</summary>
    public required RunFolder Run { get; init; }

    /// <summary>The key of the result that the step is to make: the name of what it leaves for later when it is interrupted.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the step may read; every path that an input holds goes through it. Nothing but shipped data when nobody says more.</summary>
    public FileFence Files { get; init; } = new(ShippedData.Root);

    public CancellationToken Cancellation { get; init; }

    public IProgress<StepProgress>? Progress { get; init; }

    /// <summary>How many threads the step may use; what it gives does not depend on them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>True when nothing that is kept may stand in for work.</summary>
    public bool Fresh { get; init; }

    /// <summary>What a <see cref="PartwiseStep"/> knows of its parts, and keeps of them.</summary>
    public PartResults Parts { get => parts ?? throw new InvalidOperationException("only a step in parts has parts"); init => parts = value; }
}
