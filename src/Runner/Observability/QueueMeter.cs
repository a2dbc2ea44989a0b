using System.Diagnostics.Metrics;

namespace ClusterSurvey.Runner.Observability;

/// <summary>Tells how much waits and how much is at work, whenever somebody who listens asks.</summary>
internal sealed class QueueMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "ClusterSurvey.Runner";

    private const string State = "clustersurvey.state";

    private readonly Meter meter = new(Name);

    /// <param name="count">How many runs (of a server) or jobs (of all workers of a folder) wait, and how many are at work; it answers at once.</param>
    public QueueMeter(Func<(int Waiting, int Working)> count) => meter.CreateObservableGauge("clustersurvey.queue.length", () =>
    {
        var (waiting, working) = count();
        return (Measurement<int>[])[new(waiting, KeyValuePair.Create(State, (object?)"waiting")), new(working, KeyValuePair.Create(State, (object?)"working"))];
    }, "{job}", "Runs of a server, or jobs of workers, by what they do.");

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
