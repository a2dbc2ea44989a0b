namespace ClusterSurvey.Runner;

/// <summary>What the program tells its caller (the contract of the command line).</summary>
public static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int BadInput = 2;

    public const int CompletedWithFailures = 3;

    public const int Cancelled = 130;
}
