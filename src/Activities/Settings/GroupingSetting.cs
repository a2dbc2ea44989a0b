namespace ClusterSurvey.Activities.Settings;

/// <summary>One way to divide the sample, as settings declare it: by quantiles of a column, by its values, or by conditions.</summary>
public sealed record GroupingSetting
{
    public required string Name { get; init; }

    /// <summary>The column that divides; null for groups by conditions.</summary>
    public string? Column { get; init; }

    /// <summary>Number of groups of equal count; null for 3 of a known column of numbers, and for the values of any other.</summary>
    public int? Quantiles { get; init; }

    /// <summary>Condition in SQL that a cluster must meet to be in any group; null for none.</summary>
    public string? Within { get; init; }

    /// <summary>Groups by condition; empty when a column divides.</summary>
    public IReadOnlyList<GroupSetting> Groups { get; init; } = [];
}

/// <summary>A group by its condition in SQL over the sample table.</summary>
public sealed record GroupSetting(string Name, string Where);

/// <summary>A reason to leave clusters out of joint posteriors and sub-samples; exactly one of name, condition and file is there.</summary>
/// <param name="Name">The name of a cluster.</param>
/// <param name="Where">A condition in SQL over the sample table.</param>
/// <param name="File">A name in data/samples, or the path of a table with the columns name and reason.</param>
/// <param name="Reason">Why, in words; empty for a file, which has its own.</param>
public sealed record ExcludeSetting(string? Name, string? Where, string? File, string Reason);
