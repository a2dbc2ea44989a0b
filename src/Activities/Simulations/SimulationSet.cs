using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>What a set of simulations showed beside its spectra.</summary>
/// <param name="CapturedVariance">Mean fraction of sigma^2 that the grid realises.</param>
/// <param name="NegativeDensities">Share of simulations in which more than 1 % of the volume has a negative density.</param>
/// <param name="InjectionScaleUnfit">Share of simulations whose injection scale the grid cannot carry.</param>
/// <param name="Projected">Share of simulations whose field the projected simulator drew; the cube drew the others.</param>
public sealed record SimulationQuality(double CapturedVariance, double NegativeDensities, double InjectionScaleUnfit, double Projected);

/// <summary>Runs the simulations of a plan, field by field, on some threads. The result depends on the plan and the simulator's seed alone.</summary>
public static class SimulationSet
{
    /// <summary>Simulates the fields [<paramref name="firstField"/>, <paramref name="lastField"/>).</summary>
    /// <returns>S vectors of the rows of these fields, in order, and what was odd about them.</returns>
    public static (double[] S, SimulationQuality Quality) Run(
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
        return (s, Quality(plan, firstField, fields));
    }

    private static SimulationQuality Quality(SimulationPlan plan, int firstField, FieldDiagnostics[] fields)
    {
        var (negative, projected, rows) = (0, 0, 0);
        for (var i = 0; i < fields.Length; i++)
        {
            var (first, count) = plan.RowsOf(firstField + i);
            if (fields[i].Simulator == SimulatorKind.Projected) projected += count;
            for (var row = first; row < first + count; row++, rows++)
                if (fields[i].HasNegativeDensities(Math.Pow(10, plan.Theta(row)[0]))) negative++;
        }
        var unfit = fields.Count(field => !field.InjectionScaleFits);
        return new SimulationQuality(
            fields.Average(field => field.CapturedVariance), (double)negative / rows, (double)unfit / fields.Length, (double)projected / rows);
    }
}
