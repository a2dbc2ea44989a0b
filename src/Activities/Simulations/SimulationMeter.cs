using System.Diagnostics.Metrics;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Counts simulations as they are made, for whoever listens to the meter of this name; without a listener it does nothing.</summary>
public static class SimulationMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "ClusterSurvey.Activities";

    private static readonly Meter meter = new(Name);

    private static readonly Counter<long> simulations = meter.CreateCounter<long>("clustersurvey.simulations", "{simulation}", "Simulated maps of a cluster.");

    internal static void Count(int made) => simulations.Add(made);
}
