namespace ClusterSurvey.Activities.Problems;

/// <summary>One thing that is wrong with an input: where it stands, what was found, what was expected, what to do.</summary>
public sealed record Problem(string Where, string Found, string Expected, string Remedy)
{
    /// <summary>What is wrong, without what to do: for where the remedy stands beside it.</summary>
    public string Finding() => $"{Where}: found {Found}, expected {Expected}";

    public override string ToString() => $"{Finding()}; {Remedy}";
}

/// <summary>The input cannot be worked with. Every problem that could be found is in it. Exit code 2; never retried.</summary>
public class BadInputException : Exception
{
    public BadInputException(IReadOnlyList<Problem> problems, Exception? cause = null)
        : base(string.Join(Environment.NewLine, problems), cause) => Problems = problems;

    public BadInputException(Problem problem, Exception? cause = null) : this([problem], cause) { }

    public BadInputException(string where, string found, string expected, string remedy, Exception? cause = null)
        : this(new Problem(where, found, expected, remedy), cause) { }

    public IReadOnlyList<Problem> Problems { get; }
}
