using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>
/// The parameters of a set of simulations, in rows, and which rows share a random field. Rows that share one have the same
/// injection scale and slope, and differ in sigma; their S vectors are correlated, so few rows share.
/// </summary>
public sealed class SimulationPlan
{
    private readonly double[] theta;

    private SimulationPlan(double[] theta, int rowsPerField) => (this.theta, RowsPerField) = (theta, rowsPerField);

    /// <summary>Rows that share a field; the last field may have fewer.</summary>
    public int RowsPerField { get; }

    public int RowCount => theta.Length / TurbulenceParameters.Names.Count;

    public int FieldCount => (RowCount + RowsPerField - 1) / RowsPerField;

    /// <summary>The parameters of a row.</summary>
    public ReadOnlySpan<double> Theta(int row) => theta.AsSpan(row * TurbulenceParameters.Names.Count, TurbulenceParameters.Names.Count);

    /// <summary>The rows of a field.</summary>
    public (int First, int Count) RowsOf(int field) => (field * RowsPerField, Math.Min(RowsPerField, RowCount - field * RowsPerField));

    /// <summary>The rows of the fields from one up to another, without that.</summary>
    public (int First, int Count) RowsOf((int First, int Last) fields) => (fields.First * RowsPerField, Math.Min(RowCount, fields.Last * RowsPerField) - fields.First * RowsPerField);

    /// <summary>Parameters drawn from a prior: injection scale and slope once per field, sigma for every row.</summary>
    /// <param name="seed">Origin of the draws.</param>
    /// <param name="prior">The prior of log10_sigma, log10_injection_scale and slope.</param>
    /// <param name="rows">How many simulations.</param>
    /// <param name="rowsPerField">How many share a field.</param>
    public static SimulationPlan FromPrior(Seed seed, Prior prior, int rows, int rowsPerField)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowsPerField);
        var draws = prior.Sample(seed, rows);
        for (var row = 0; row < rows; row++)
        {
            var first = row / rowsPerField * rowsPerField;
            (draws[3 * row + 1], draws[3 * row + 2]) = (draws[3 * first + 1], draws[3 * first + 2]);
        }
        return new SimulationPlan(draws, rowsPerField);
    }

    /// <summary>Given parameters, repeated from the first row on as often as needed; every row has a field of its own.</summary>
    /// <param name="given">Rows of log10_sigma, log10_injection_scale and slope.</param>
    /// <param name="rows">How many simulations.</param>
    public static SimulationPlan Repeat(ReadOnlySpan<double> given, int rows)
    {
        var columns = TurbulenceParameters.Names.Count;
        if (given.IsEmpty || given.Length % columns != 0)
            throw new ArgumentException($"{given.Length} numbers are no rows of {columns} parameters", nameof(given));
        var theta = new double[rows * columns];
        for (var i = 0; i < theta.Length; i++) theta[i] = given[i % given.Length];
        return new SimulationPlan(theta, 1);
    }
}
