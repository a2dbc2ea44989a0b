using System.CommandLine;

namespace ClusterSurvey.Runner.Commands;

/// <summary>The commands, in the order in which help shows them.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All() => [];
}
