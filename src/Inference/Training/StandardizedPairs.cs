using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// Pairs as a network reads them: split into training and validation rows by a seed, and standardised by what the training
/// rows show.
/// </summary>
internal sealed class StandardizedPairs
{
    /// <summary>Fewest pairs that can be trained on.</summary>
    public const int FewestPairs = 20;

    // More rows than this do not move a standardisation visibly.
    private const int MeasuredRows = 50_000;

    private readonly ISimulationPairs pairs;

    public StandardizedPairs(Seed seed, ISimulationPairs pairs, double validationFraction)
    {
        if (pairs.Count < FewestPairs) throw new ArgumentException($"{pairs.Count} pairs to train on, at least {FewestPairs} are needed", nameof(pairs));
        this.pairs = pairs;
        int[] rows = [.. Enumerable.Range(0, pairs.Count)];
        seed.Stream().Shuffle(rows.AsSpan());
        var held = Math.Max(1, (int)Math.Round(pairs.Count * validationFraction));
        (Validation, Training) = (rows[..held], rows[held..]);
        var measured = Training.AsSpan(0, Math.Min(MeasuredRows, Training.Length));
        float[] theta = new float[measured.Length * pairs.ParameterCount], x = new float[measured.Length * pairs.DataCount];
        pairs.Read(measured, theta, x);
        RequireFinite(measured, theta, pairs.ParameterCount, "theta");
        RequireFinite(measured, x, pairs.DataCount, "x");
        Theta = Standardization.Measure(theta, pairs.ParameterCount, "theta");
        X = Standardization.Measure(x, pairs.DataCount, "x");
    }

    /// <summary>Rows to train on.</summary>
    public int[] Training { get; }

    /// <summary>Rows held out.</summary>
    public int[] Validation { get; }

    public Standardization Theta { get; }

    public Standardization X { get; }

    /// <summary>Reads and standardises rows.</summary>
    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        theta = theta[..(rows.Length * Theta.Width)];
        x = x[..(rows.Length * X.Width)];
        pairs.Read(rows, theta, x);
        Theta.Apply(theta);
        X.Apply(x);
    }

    private static void RequireFinite(ReadOnlySpan<int> rows, float[] table, int width, string name)
    {
        var bad = Array.FindIndex(table, v => !float.IsFinite(v));
        if (bad >= 0) throw new ArgumentException($"{name} row {rows[bad / width]}, column {bad % width} is {table[bad]}: every number is finite; drop failed simulations before training");
    }
}
