using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner;

/// <summary>Tells places that can never be written to, which is for the user to change, from failures of the machine.</summary>
internal static partial class OutputPlace
{
    private const int ReadOnlyFileSystem = 30;

    /// <summary>The problem of the input, or null when the machine failed (a full disk, a broken device).</summary>
    public static Problem? Problem(Exception failure) => failure switch
    {
        UnauthorizedAccessException => Of(failure, "no permission, or a folder"),
        DirectoryNotFoundException or FileNotFoundException => Of(failure, "no such place"),
        PathTooLongException => Of(failure, "too long a name"),
        IOException { HResult: ReadOnlyFileSystem } => Of(failure, "a read-only disk"),
        IOException when failure.Message.Contains("already exists", StringComparison.Ordinal) => Of(failure, "a file"),
        IOException when failure.Message.Contains("Is a directory", StringComparison.OrdinalIgnoreCase) => Of(failure, "a folder"),
        IOException when failure.Message.Contains("Not a directory", StringComparison.OrdinalIgnoreCase) => Of(failure, "a file where a folder is needed"),
        _ => null,
    };

    /// <summary>What the machine could not do.</summary>
    public static Problem Failure(Exception failure) => new(Named(failure) ?? "output", failure.InPlainWords().TrimEnd('.'), "a disk that takes what is written",
        "nothing half-written is left: free the disk and run again");

    private static Problem Of(Exception failure, string found)
        => new(Named(failure) ?? "output", $"{found} ({failure.InPlainWords().TrimEnd('.')})", "a place where files can be read and written", "name another place, or change its permissions");

    private static string? Named(Exception failure) => Quoted().Match(failure.Message) is { Success: true } match ? AtomicFile.TargetOf(match.Groups[1].Value) : null;

    [GeneratedRegex("'([^']*/[^']*)'")]
    private static partial Regex Quoted();
}
