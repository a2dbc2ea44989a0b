using System.Collections.Concurrent;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Runs the simulations of a plan, field by field, on some threads. The result depends on the plan and the simulator's seed alone.</summary>
public static class SimulationSet
{
    /// <summary>
    /// Simulates parts of a plan. Threads take the fields in order and never wait for each other, so that the parts end about in their order; at any moment about as many are in the making as
    /// there are threads.
    /// </summary>
    /// <param name="parts">Fields from First up to Last, without Last.</param>
    /// <param name="finished">Receives each part from the thread that ended it, while others go on: which part, the S vectors of its rows in order, and what was odd about them.</param>
    /// <param name="fieldsDone">Receives the number of fields done.</param>
    public static void Run(ISpectrumSimulator simulator, SimulationPlan plan, IReadOnlyList<(int First, int Last)> parts, int threads,
        Action<int, double[], SimulationTally> finished, IProgress<int>? fieldsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(finished);
        // Nothing is prepared for nothing.
        if (parts.Count == 0) return;
        var making = new Making?[parts.Count];
        var done = 0;
        var fields = parts.SelectMany((part, index) => Enumerable.Range(part.First, part.Last - part.First).Select(field =>
        {
            // Under the partitioner's lock: a part's room is made when its first field is taken.
            making[index] ??= new Making(plan, part, simulator.Design.Length);
            return (Part: index, Field: field);
        }));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        ParallelWork.Do(() =>
        {
            Parallel.For(0, simulator.PartCount, options, simulator.Prepare);
            Parallel.ForEach(Partitioner.Create(fields, EnumerablePartitionerOptions.NoBuffering), options, taken =>
            {
                var part = making[taken.Part]!;
                if (part.Simulate(simulator, taken.Field))
                {
                    making[taken.Part] = null;
                    finished(taken.Part, part.S, part.Tally());
                }
                fieldsDone?.Report(Interlocked.Increment(ref done));
            });
        });
    }

    private sealed class Making(SimulationPlan plan, (int First, int Last) part, int width)
    {
        private readonly FieldDiagnostics[] fields = new FieldDiagnostics[part.Last - part.First];
        private int missing = part.Last - part.First;

        public double[] S { get; } = new double[plan.RowsOf(part).Count * width];

        /// <summary>Simulates a field; true when no field of the part is missing any more.</summary>
        public bool Simulate(ISpectrumSimulator simulator, int field)
        {
            var (row, count) = plan.RowsOf(field);
            Span<double> sigmas = stackalloc double[count];
            for (var i = 0; i < count; i++) sigmas[i] = plan.Theta(row + i)[0];
            fields[field - part.First] = simulator.Simulate(field, plan.Theta(row)[1], plan.Theta(row)[2], sigmas, S.AsSpan((row - plan.RowsOf(part).First) * width, count * width));
            SimulationMeter.Count(count);
            return Interlocked.Decrement(ref missing) == 0;
        }

        public SimulationTally Tally()
        {
            var tally = default(SimulationTally);
            for (var i = 0; i < fields.Length; i++)
            {
                var (row, count) = plan.RowsOf(part.First + i);
                var negative = Enumerable.Range(row, count).Count(row => fields[i].HasNegativeDensities(Math.Pow(10, plan.Theta(row)[0])));
                tally += new SimulationTally(1, count, fields[i].CapturedVariance, negative, fields[i].InjectionScaleFits ? 0 : 1,
                    fields[i].Simulator == SimulatorKind.Projected ? count : 0);
            }
            return tally;
        }
    }
}
