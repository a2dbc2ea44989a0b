using System.CommandLine;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Commands;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner;

/// <summary>The command line: parses, runs one command, and turns whatever ends it into words and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler cancel = (_, pressed) =>
        {
            // A second Ctrl-C ends the process at once.
            pressed.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += cancel;
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            cancellation.Cancel();
        });
        try
        {
            return Run(args, cancellation.Token);
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
            Observed.End();
        }
    }

    private static int Run(IReadOnlyList<string> args, CancellationToken cancellation)
    {
        var json = args.Contains("--json");
        try
        {
            // A word that begins with @ is what it is, as --cron @daily, and not the name of a file of words.
            var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0 && !parsed.Tokens.Any(token => token.Value is "--help" or "-h" or "-?")) throw UnparsedWords.Of(parsed);
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            return Explain(failure, json);
        }
    }

    // The one boundary of the program: whatever ends a command becomes words and an exit code.
    private static int Explain(Exception failure, bool json)
    {
        switch (failure)
        {
            case BadInputException bad:
                ShowProblems(bad.Problems, json);
                return ExitCode.BadInput;
            case AggregateException several when several.Flatten().InnerExceptions.All(inner => inner is BadInputException):
                ShowProblems([.. several.Flatten().InnerExceptions.Cast<BadInputException>().SelectMany(bad => bad.Problems)], json);
                return ExitCode.BadInput;
            case AggregateException several:
                return Explain(several.Flatten().InnerExceptions.First(inner => inner is not BadInputException), json);
            case OperationCanceledException:
                Output.Error("cancelled; the same command, or resume, goes on from here");
                return ExitCode.Cancelled;
            case IOException or UnauthorizedAccessException when OutputPlace.Problem(failure) is { } place:
                ShowProblems([place], json);
                return ExitCode.BadInput;
            case IOException or UnauthorizedAccessException:
                ShowProblems([OutputPlace.Failure(failure)], json);
                return ExitCode.Failed;
            default:
                Output.Error(string.Join(Environment.NewLine,
                    $"{failure.GetType().Name}: {failure.Message}",
                    failure.StackTrace,
                    "This is a defect of the program, not of your input: report it with these lines."));
                return ExitCode.Failed;
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Surveys the turbulence of galaxy clusters from the fluctuations of their X-ray surface brightness.");
        foreach (var command in CommandList.All()) root.Add(command);
        return root;
    }

    private static void ShowProblems(IReadOnlyList<Problem> problems, bool json)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { problems }, SurveyJson.Indented));
        foreach (var problem in problems) Output.Error(problem.ToString());
    }
}
