using System.CommandLine;
using ClusterSurvey.Runner.Commands.Sbi;
using ClusterSurvey.Runner.Commands.Schedule;

namespace ClusterSurvey.Runner.Commands;

/// <summary>The commands, in the order in which help shows them.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        DemoCommand.Make(), RunCommand.Make(), PlanCommand.Make(), ResumeCommand.Make(), RunsCommand.Make(), GcCommand.Make(), ReportCommand.Make(), CombineCommand.Make(),
        MockCommand.Make(), InspectCommand.Make(), SpectrumCommand.Make(), HatCommand.Make(), SimulateCommand.Make(), SbiCommand.Make(),
        WorkflowsCommand.Make(), ExportCommand.Make(), ServeCommand.Make(), WorkerCommand.Make(), ScheduleCommand.Make(), KeysCommand.Make(), DatabaseCommand.Make(),
    ];
}
