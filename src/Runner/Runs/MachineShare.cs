using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Runs;

/// <summary>
/// The one place that decides how much is done at the same time: clusters in flight x threads of each, within the cores and the memory that there are.
/// Another cluster begins when one has ended. Results do not depend on it.
/// </summary>
/// <param name="Cores">Processor cores to use.</param>
/// <param name="MemoryBytes">Memory to use.</param>
public sealed record MachineShare(int Cores, double MemoryBytes)
{
    /// <summary>The environment variables that override what the machine says.</summary>
    public const string CoresVariable = "CLUSTERSURVEY_CORES", MemoryVariable = "CLUSTERSURVEY_MEMORY_GIB";

    // The rest is for the system, for the page cache, and for what an estimate does not know.
    private const double UsableMemory = 0.75;

    // The runtime, torch, the ledger and the tables of the run.
    private const double ProgramBytes = 400e6;

    /// <summary>All cores and three quarters of the memory of this machine, or of the container that it is; or what the environment says.</summary>
    /// <exception cref="BadInputException">A variable is set to something else than a number above 0.</exception>
    public static MachineShare Here => Of(Environment.GetEnvironmentVariable);

    /// <summary>The same with variables given.</summary>
    public static MachineShare Of(Func<string, string?> variable) => new(
        (int)(Number(CoresVariable, variable(CoresVariable), whole: true) ?? Environment.ProcessorCount),
        Number(MemoryVariable, variable(MemoryVariable), whole: false) * (1L << 30) ?? UsableMemory * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>What clusters may take together.</summary>
    public double ForClusters => Math.Max(0, MemoryBytes - ProgramBytes);

    /// <summary>
    /// As many clusters in flight as there are cores, each with one thread, since steps that use one thread alone then keep all cores busy. Cores that are
    /// left when there are fewer clusters become threads; what does not fit into the memory is left out, threads first.
    /// </summary>
    /// <param name="memory">What a cluster takes.</param>
    /// <param name="clusters">How many there are.</param>
    public Parallelism For(ClusterMemory memory, int clusters)
    {
        ArgumentNullException.ThrowIfNull(memory);
        for (var passes = Math.Clamp(clusters, 1, Cores); ; passes--)
        {
            for (var threads = Cores / passes; threads >= 1; threads--)
                if (passes * memory.With(threads) <= ForClusters || (passes == 1 && threads == 1)) return new Parallelism(passes, threads);
        }
    }

    private static double? Number(string name, string? text, bool whole)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0 && (!whole || (value == Math.Floor(value) && value <= 4096)))
            return value;
        throw new BadInputException(name, $"'{text}'", whole ? "a whole number from 1 to 4096" : "a number of GiB above 0", "correct the environment variable, or unset it");
    }
}
