using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>The real program in a process of its own, as a user starts it.</summary>
internal static partial class SurveyProgram
{
    public const int Interrupt = 2, Terminate = 15;

    public sealed record Outcome(int ExitCode, string Output, string Errors)
    {
        /// <summary>The standard output as JSON.</summary>
        public JsonNode Json => JsonNode.Parse(Output)!;

        /// <summary>This outcome, when the program ended as expected; what it said, when not.</summary>
        public Outcome Expect(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}: {Errors}{Output}");
            return this;
        }
    }

    public static Outcome Run(params string[] arguments) => RunIn(Path.GetTempPath(), arguments);

    /// <summary>Runs the program with a variable of the environment.</summary>
    public static Outcome RunWith(string variable, string value, params string[] arguments)
    {
        var start = StartInfo(Path.GetTempPath(), arguments);
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        return Finish(process);
    }

    public static Outcome RunIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

    /// <summary>Runs the program until it has said some lines on the standard error, then sends it a signal, or kills it when there is none.</summary>
    public static Outcome RunUntil(int lines, int? signal, params string[] arguments)
    {
        using var process = Start(Path.GetTempPath(), arguments);
        var said = new List<string>();
        while (said.Count < lines && process.StandardError.ReadLine() is { } line) said.Add(line);
        Assert.Equal(lines, said.Count);
        if (signal is { } number) Signal(process, number);
        else process.Kill();
        var outcome = Finish(process);
        return outcome with { Errors = string.Join('\n', said) + '\n' + outcome.Errors };
    }

    public static Process Start(string folder, params string[] arguments) => Process.Start(StartInfo(folder, arguments))!;

    /// <summary>Starts the program with variables of the environment.</summary>
    public static Process Start(string folder, IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        var start = StartInfo(folder, arguments);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        // Where the tests run in the background an interrupt is ignored, and children inherit that: it is given back its meaning.
        var start = new ProcessStartInfo("env") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--default-signal=INT,TERM");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "clustersurvey.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Kills a process after a while.</summary>
    /// <returns>What it said, when it came to its end before; null when it was killed.</returns>
    public static Outcome? KillAfter(Process process, TimeSpan time)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var ended = process.WaitForExit(time);
        if (!ended) process.Kill();
        process.WaitForExit();
        var outcome = new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        return ended ? outcome : null;
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(Process process, int signal) => Assert.Equal(0, Send(process.Id, signal));

    /// <summary>Waits until something has come about while a process works.</summary>
    public static void WaitFor(Process process, Func<bool> condition)
    {
        while (!condition()) Assert.False(process.WaitForExit(5), "the process ended too early");
    }

    /// <summary>Waits for the end of a process and takes what it says.</summary>
    public static Outcome Finish(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
