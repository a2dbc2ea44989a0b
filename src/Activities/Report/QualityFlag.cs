namespace ClusterSurvey.Activities.Report;

/// <summary>How much a flag matters to a reader.</summary>
public enum FlagLevel
{
    /// <summary>A check that passed.</summary>
    Passed,

    /// <summary>Worth knowing; the numbers stand.</summary>
    Note,

    /// <summary>The numbers are to be used with care.</summary>
    Warning,

    /// <summary>The numbers are not to be used.</summary>
    Failed,
}

/// <summary>A judgement on data or result.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Name">A few words: "outside the training range".</param>
/// <param name="Meaning">A sentence: what was found and what it means for the reader.</param>
public sealed record QualityFlag(FlagLevel Level, string Name, string Meaning);
