using System.CommandLine;
using System.CommandLine.Parsing;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;

namespace ClusterSurvey.Runner;

/// <summary>A command line that cannot be parsed: the parser's own words name the token, ours add what was probably meant.</summary>
internal static class UnparsedWords
{
    public static BadInputException Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name)).ToArray();
        var unmatched = Leading(parsed.UnmatchedTokens)
            .Select(token => new Problem(Name(parsed), LedgerDatabase.IsSecret(token) ? "a word that may hold a password" : $"'{token}'", "an option or command of this program", Spelling.Suggest(token, known)))
            .ToArray();
        return unmatched.Length > 0
            ? new BadInputException(unmatched)
            : new BadInputException([.. parsed.Errors.Select(error => Incomplete(parsed, error))]);
    }

    // What follows an unknown word is probably its value.
    private static IEnumerable<string> Leading(IReadOnlyList<string> tokens)
        => tokens.Where((token, i) => i == 0 || token.StartsWith('-'));

    private static Problem Incomplete(ParseResult parsed, ParseError error)
    {
        var (name, remedy) = (Name(parsed), $"see {Help(parsed)}");
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: var tokens })
            return new Problem(name, OneLine(error.Message), "a complete command line", remedy);
        return tokens.Count == 1 && NumberWords(option.ValueType) is { } number
            ? new Problem($"{name} {option.Name}", $"'{tokens[0].Value}'", number, remedy)
            : new Problem($"{name} {option.Name}", OneLine(error.Message), "a complete command line", remedy);
    }

    private static string? NumberWords(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Double => "a number with a decimal point",
        TypeCode.UInt64 => "a whole number from 0",
        TypeCode.Int32 => "a whole number",
        _ => null,
    };

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static string Help(ParseResult parsed) => string.Join(' ', Path(parsed).Prepend("clustersurvey").Append("--help"));

    // 'run', or 'sbi fit': as it is typed after the program's name.
    private static string Name(ParseResult parsed) => Path(parsed) is { Count: > 0 } path ? string.Join(' ', path) : "clustersurvey";

    private static List<string> Path(ParseResult parsed)
    {
        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent) path.Insert(0, command.Command.Name);
        return path;
    }
}
