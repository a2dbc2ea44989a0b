using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using Serilog;
using Spectre.Console;

namespace ClusterSurvey.Runner.Terminal;

/// <summary>What the program says: results to the standard output, everything else to the standard error, and to the log of a process that has one.</summary>
public static class Output
{
    /// <summary>The console of progress and messages.</summary>
    public static IAnsiConsole Messages { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>An error in one line, however long: it is read by people and by other programs.</summary>
    public static void Error(string text)
    {
        Console.Error.WriteLine($"error: {text}");
        Log.Error("{Text:l}", text);
    }

    public static void Note(string text)
    {
        Console.Error.WriteLine(text);
        Log.Information("{Text:l}", text);
    }

    /// <summary>A result as text.</summary>
    public static void Result(string text) => Console.Out.WriteLine(text);

    /// <summary>A result for machines.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, SurveyJson.Indented));
}
