using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Runs the simulations of a plan, field by field, on some threads. The result depends on the plan and the simulator's seed alone.</summary>
public static class SimulationSet
{
    /// <summary>Simulates the fields [<paramref name="firstField"/>, <paramref name="lastField"/>).</summary>
    /// <returns>S vectors of the rows of these fields, in order, and what was odd about them.</returns>
    public static (double[] S, SimulationTally Tally) Run(
        ClusterSimulator simulator, SimulationPlan plan, int firstField, int lastField, int threads,
        IProgress<int>? fieldsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(plan);
        var (width, firstRow) = (simulator.Design.Length, plan.RowsOf(firstField).First);
        var s = new double[(Math.Min(plan.RowCount, lastField * plan.RowsPerField) - firstRow) * width];
        var fields = new FieldDiagnostics[lastField - firstField];
        var done = 0;
        Parallel.For(firstField, lastField, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, field =>
        {
            var (first, count) = plan.RowsOf(field);
            Span<double> sigmas = stackalloc double[count];
            for (var i = 0; i < count; i++) sigmas[i] = plan.Theta(first + i)[0];
            var rows = s.AsSpan((first - firstRow) * width, count * width);
            fields[field - firstField] = simulator.Simulate(field, plan.Theta(first)[1], plan.Theta(first)[2], sigmas, rows);
            fieldsDone?.Report(Interlocked.Increment(ref done));
        });
        return (s, Tally(plan, firstField, fields));
    }

    private static SimulationTally Tally(SimulationPlan plan, int firstField, FieldDiagnostics[] fields)
    {
        var tally = default(SimulationTally);
        for (var i = 0; i < fields.Length; i++)
        {
            var (first, count) = plan.RowsOf(firstField + i);
            var negative = Enumerable.Range(first, count).Count(row => fields[i].HasNegativeDensities(Math.Pow(10, plan.Theta(row)[0])));
            tally += new SimulationTally(1, count, fields[i].CapturedVariance, negative, fields[i].InjectionScaleFits ? 0 : 1,
                fields[i].Simulator == SimulatorKind.Projected ? count : 0);
        }
        return tally;
    }
}
