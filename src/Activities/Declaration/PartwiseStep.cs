using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>
/// A step whose work falls into parts (the regions of a cluster) that know nothing of each other. What a part gave is kept under a key of its own, so
/// that a change of one part leaves the others as they are. <see cref="Step.Run"/> finds in <see cref="StepContext.Parts"/> what is known, and keeps
/// there what it computes.
/// </summary>
public abstract class PartwiseStep : Step
{
    /// <summary>The parts in order, each with what it takes of the inputs that are declared <see cref="InputAttribute.ByPart"/>.</summary>
    /// <param name="store">Where the artifacts among the inputs are.</param>
    public abstract IReadOnlyList<StepPart> Parts(ArtifactStore store);
}

/// <summary>A part of a step's work.</summary>
/// <param name="Name">Its name, in a survey that of a region.</param>
/// <param name="Ingredients">What it depends on beside the step, its seed and the inputs that all parts share.</param>
public sealed record StepPart(string Name, JsonObject Ingredients);
