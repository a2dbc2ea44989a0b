using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Workers;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>A worker in a process of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int Stopped = 19, Continued = 18;

    private readonly Process process;
    private readonly StringBuilder said = new();
    private bool isStopped;

    private WorkerProcess(Process process) => this.process = process;

    /// <summary>What it has said so far.</summary>
    public string Said
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    public bool IsAlive => !process.HasExited;

    public static WorkerProcess Start(string database, string folder, int leaseSeconds, int slots = 1, double memoryGib = 1000)
    {
        Directory.CreateDirectory(folder);
        var process = SurveyProgram.Start(Path.GetTempPath(), [(Lease.Variable, $"{leaseSeconds}"), (MachineShare.MemoryVariable, memoryGib.ToString(CultureInfo.InvariantCulture))],
            "worker", "--database", database, "--artifacts", folder, "--slots", $"{slots}");
        var worker = new WorkerProcess(process);
        process.ErrorDataReceived += worker.Hear;
        process.OutputDataReceived += worker.Hear;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return worker;
    }

    /// <summary>True for the name of this worker's node.</summary>
    public bool Is(string? node) => node?.StartsWith($"{Environment.MachineName}-{process.Id}-", StringComparison.Ordinal) ?? false;

    public void Kill() => process.Kill();

    /// <summary>Halts it where it is, as a machine that hangs.</summary>
    public void Halt()
    {
        isStopped = true;
        SurveyProgram.Signal(process, Stopped);
    }

    public void Wake()
    {
        isStopped = false;
        SurveyProgram.Signal(process, Continued);
    }

    /// <summary>Tells it to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public int End()
    {
        SurveyProgram.Signal(process, SurveyProgram.Terminate);
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (isStopped && IsAlive) Wake();
        if (IsAlive) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (said) said.AppendLine(line.Data);
    }
}
