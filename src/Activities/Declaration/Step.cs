namespace ClusterSurvey.Activities.Declaration;

/// <summary>
/// One activity of a survey. A step is a public class with a <see cref="StepAttribute"/>, properties marked
/// <see cref="InputAttribute"/> and <see cref="OutputAttribute"/>, and this one method: load, call one pure
/// function below, save. From this declaration come the designer's palette entry, the definition format, the
/// validation, the help, the documentation and the artifact key.
/// </summary>
public abstract class Step
{
    /// <summary>The outcome of a step that has only one.</summary>
    public const string Done = "Done";

    /// <summary>Does the work and sets the outputs.</summary>
    /// <returns>The outcome: one of those that the declaration names.</returns>
    public abstract string Run(StepContext context);
}

/// <summary>Declares a step: its name in definitions is <c>Survey.</c> + the class name.</summary>
/// <param name="category">The heading under which the designer's palette shows it.</param>
/// <param name="displayName">Its name for people.</param>
/// <param name="description">What it does, in a sentence.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StepAttribute(string category, string displayName, string description) : Attribute
{
    public string Category { get; } = category;

    public string DisplayName { get; } = displayName;

    public string Description { get; } = description;

    /// <summary>The version of the step's meaning: it enters the artifact key and rises with every change of what the step computes.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The outcomes that <see cref="Step.Run"/> may return.</summary>
    public string[] Outcomes { get; init; } = [Step.Done];

    /// <summary>True for a step that draws random numbers: only then the seed enters the artifact key.</summary>
    public bool Random { get; init; }

    /// <summary>False for a step whose effect is outside the artifact store (writing the run's folder): it always runs.</summary>
    public bool Cached { get; init; } = true;

    /// <summary>How often the step is tried in all when it fails in a way that can heal.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Seconds before the second try; each further wait is twice as long.</summary>
    public double BackoffSeconds { get; init; } = 1;

    /// <summary>Seconds that one try may take; 0 for as long as it needs.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>What is done when the step fails and the definition says nothing else.</summary>
    public FailurePolicy FailurePolicy => new(Attempts, BackoffSeconds, TimeoutSeconds);

    /// <summary>
    /// True for a step that takes no time: it only reads what the user gave, hands values on within the run's folder, or is quickly computed. A plan
    /// runs it, in a folder of its own, to learn what follows.
    /// </summary>
    public bool RunsInPlan { get; init; }
}

/// <summary>Files that the program, or the server on which it runs, knows by name.</summary>
public enum KnownFiles
{
    /// <summary>None in particular.</summary>
    None,

    /// <summary>Sample tables: the shipped ones by name, those that were sent to the server by path.</summary>
    Samples,

    /// <summary>Settings of surveys, by name.</summary>
    Surveys,
}

/// <summary>Declares an input. A property that is <c>required</c> must be set; any other has its initial value as default.</summary>
/// <param name="description">What it means, in a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    public string? Unit { get; init; }

    public double Min { get; init; } = double.NegativeInfinity;

    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The values that a text input may have; empty for any.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>The files that the input names, if those are known where definitions are edited: the designer offers them. Others can be named by an expression.</summary>
    public KnownFiles Offers { get; init; }

    public int Order { get; init; }

    /// <summary>False for an input that cannot change what is computed (a number of threads): it stays out of the artifact key.</summary>
    public bool InKey { get; init; } = true;

    /// <summary>True for an input of a <see cref="PartwiseStep"/> that enters the keys of its parts only by what <see cref="PartwiseStep.Parts"/> takes of it.</summary>
    public bool ByPart { get; init; }
}

/// <summary>Declares an output.</summary>
/// <param name="description">What it means, in a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    public int Order { get; init; }

    /// <summary>True for an output of a <see cref="PartwiseStep"/> that is a dictionary from part to value.</summary>
    public bool ByPart { get; init; }
}
