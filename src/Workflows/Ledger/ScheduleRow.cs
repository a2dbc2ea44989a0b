namespace ClusterSurvey.Workflows.Ledger;

/// <summary>What happens when a schedule is due while its last run is still at work.</summary>
public enum OverlapPolicy
{
    /// <summary>Nothing; the history says so.</summary>
    Skip,

    /// <summary>One run waits for the end of the last one; it reads what there is then, so that a second one behind it would find nothing new.</summary>
    Queue,
}

/// <summary>What happens when a schedule was due while nobody could start it.</summary>
public enum MisfirePolicy
{
    /// <summary>One run stands for all that were missed.</summary>
    Run,

    /// <summary>Nothing; the history says how many were missed.</summary>
    Skip,
}

/// <summary>When a definition is run by itself, on what, and under which conditions.</summary>
public sealed class ScheduleRow
{
    /// <summary>The folder of runs to which it belongs: its runs are made there, by the server of that folder.</summary>
    public required string Home { get; init; }

    public required string Name { get; init; }

    /// <summary>A cron expression of five fields (minute first), or of six or seven (second first); null for a schedule that watches a folder.</summary>
    public string? Cron { get; init; }

    /// <summary>The full path of the folder that is watched; null for a schedule with a cron expression.</summary>
    public string? Watch { get; init; }

    /// <summary>What lay in the folder when it last fired, or was added.</summary>
    public string? Seen { get; init; }

    /// <summary>The id of the time zone in which the expression is read, in the IANA database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The name of a definition, or the full path of its file. It is looked up at every fire.</summary>
    public required string Definition { get; init; }

    /// <summary>The values of its inputs, as a JSON object.</summary>
    public required string Inputs { get; init; }

    /// <summary>The seed of its runs in decimal digits.</summary>
    public required string Seed { get; init; }

    public required OverlapPolicy Overlap { get; init; }

    public required MisfirePolicy Misfire { get; init; }

    /// <summary>How long a run may take, in seconds; null for as long as it needs.</summary>
    public double? TimeLimitSeconds { get; init; }

    /// <summary>Who is told the end of its runs, as a JSON list of addresses; secrets in them are named and not written.</summary>
    public required string Notify { get; init; }

    public bool IsPaused { get; init; }

    /// <summary>The next time at which it is due; in the past when that was missed; null while it is paused, and when it is never due again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
