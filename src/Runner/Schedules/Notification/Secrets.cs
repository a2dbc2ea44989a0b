using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Observability;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Secrets are named and not written: <c>{env:NAME}</c> stands for a variable of the server's environment, <c>{file:PATH}</c> for the first line of a file.</summary>
internal static partial class Secrets
{
    /// <summary>A text with its secrets put in. It is used at once, and neither kept nor said.</summary>
    /// <exception cref="BadInputException">A variable or a file is not there.</exception>
    public static string PutInto(string text) => Name().Replace(text, match => Remember(match.Groups["kind"].Value == "env" ? Variable(match.Groups["of"].Value) : FirstLine(match.Groups["of"].Value, match.Value)));

    /// <summary>The variable of the server's environment, or the first line of the file that the variable NAME_FILE names; null when there is neither.</summary>
    public static string? Find(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : Environment.GetEnvironmentVariable($"{name}_FILE") is { Length: > 0 } file ? FirstLine(file, $"{name}_FILE") : null;

    /// <summary>Has a secret struck out of the log from now on.</summary>
    public static string Remember(string secret)
    {
        KnownSecrets.Add(secret);
        return secret;
    }

    private static string Variable(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new BadInputException($"{{env:{name}}}", "no such variable", "a variable of the server's environment", "set it where the server is started");

    private static string FirstLine(string file, string where)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? throw new BadInputException(where, $"{file}, which is empty", "a secret in its first line", "correct the file");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(where, $"{file}, which cannot be read", "a file that this process can read", "correct its path or its permissions", wrong);
        }
    }

    [GeneratedRegex(@"\{(?<kind>env|file):(?<of>[^{}]+)\}")]
    private static partial Regex Name();
}
