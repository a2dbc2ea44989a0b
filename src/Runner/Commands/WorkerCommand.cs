using System.CommandLine;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Workers;

namespace ClusterSurvey.Runner.Commands;

/// <summary>worker: a node that carries out what is in the queue of a database.</summary>
internal static class WorkerCommand
{
    private const int MostSlots = 256;

    public static Command Make()
    {
        var artifacts = new Option<string>("--artifacts") { Description = "the folder of runs with their artifacts, which all nodes share: that of run --out", Required = true };
        var slots = new Option<int?>("--slots") { Description = "clusters at the same time (default: the cores of the machine)" };
        var database = CommonOptions.Database();
        var command = new Command("worker", "Carries out runs that are queued in a database, as one of any number of nodes.") { database, artifacts, slots };
        command.SetAction(async (parsed, cancellation) =>
        {
            var connection = CommonOptions.DatabaseOf(parsed, database)
                ?? throw new BadInputException(LedgerDatabase.Option, "no database", "the one in which runs are queued", $"name it with {LedgerDatabase.Option}, or in the variable {LedgerDatabase.Variable}");
            var folder = parsed.GetRequiredValue(artifacts);
            if (!Directory.Exists(folder)) throw new BadInputException("--artifacts", $"{folder}, which is no folder", "the folder of runs that the nodes share", "mount it, or make it and name it to run --out");
            var count = parsed.GetValue(slots) ?? MachineShare.Here.Cores;
            if (count is < 1 or > MostSlots) throw new BadInputException("--slots", $"{count}", $"a number from 1 to {MostSlots}", "correct it");
            var home = new RunHome(folder, connection);
            Observed.As("worker", home);
            await WorkerHost.Work(home, count, Lease.Here, TimeProvider.System, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
