using System.Globalization;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner.Workers;

/// <summary>How long a node may be silent until others take its jobs over. All nodes of a database must agree.</summary>
/// <param name="Seconds">The time.</param>
public sealed record Lease(double Seconds)
{
    /// <summary>The environment variable that overrides it.</summary>
    public const string Variable = "CLUSTERSURVEY_LEASE_SECONDS";

    private const double Usual = 30, Shortest = 3, Longest = 3600;

    // A check-in that comes late by less than the lease must not cost the jobs: five may fail in a row.
    private const int CheckInsPerLease = 6;

    /// <summary>How often a node says that it is there.</summary>
    public TimeSpan CheckIn => TimeSpan.FromSeconds(Seconds / CheckInsPerLease);

    /// <summary>How late a check-in may be.</summary>
    public TimeSpan Threshold => TimeSpan.FromSeconds(Seconds) - CheckIn;

    /// <summary>Half a minute, or what the environment says.</summary>
    /// <exception cref="BadInputException">The variable is set to something else than a number of seconds from 3 to 3600.</exception>
    public static Lease Here => Of(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The same with the variable given.</summary>
    public static Lease Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Lease(Usual);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= Shortest and <= Longest
            ? new Lease(seconds)
            : throw new BadInputException(Variable, $"'{text}'", "a number of seconds from 3 to 3600", "correct the environment variable, or unset it");
    }
}
