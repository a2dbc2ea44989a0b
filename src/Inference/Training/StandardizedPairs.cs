using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// Pairs as a network reads them: split into training and validation rows by a seed, group by group, and standardised by what
/// the training rows show.
/// </summary>
internal sealed class StandardizedPairs
{
    /// <summary>Fewest pairs that can be trained on.</summary>
    public const int FewestPairs = 20;

    /// <summary>Rows on which scales are measured at most: more do not move a standardisation visibly.</summary>
    public const int MeasuredRows = 50_000;

    private readonly ISimulationPairs pairs;

    /// <param name="seed">Origin of the split.</param>
    /// <param name="pairs">Conditions in the place of theta, variables in that of x; all finite.</param>
    /// <param name="validationFraction">Part held out.</param>
    /// <param name="measure">How to standardise, from the training rows of conditions and variables.</param>
    public StandardizedPairs(Seed seed, ISimulationPairs pairs, double validationFraction, Func<float[], float[], PairScales> measure)
    {
        if (pairs.Count < FewestPairs) throw new ArgumentException($"{pairs.Count} pairs to train on, at least {FewestPairs} are needed", nameof(pairs));
        this.pairs = pairs;
        var split = GroupSplit.Draw(seed, pairs, validationFraction);
        (Validation, Training, ValidationGroups) = (split.Validation, split.Training, split.ValidationGroups);
        var measured = Training.AsSpan(0, Math.Min(MeasuredRows, Training.Length));
        float[] conditions = new float[measured.Length * pairs.ParameterCount], variables = new float[measured.Length * pairs.DataCount];
        pairs.Read(measured, conditions, variables);
        Scales = measure(conditions, variables);
    }

    /// <summary>Rows to train on.</summary>
    public int[] Training { get; }

    /// <summary>Rows held out.</summary>
    public int[] Validation { get; }

    /// <summary>The group of each validation row; rows of one group stand together.</summary>
    public int[] ValidationGroups { get; }

    /// <summary>How the rows are standardised.</summary>
    public PairScales Scales { get; }

    public Standardization Conditions => Scales.Conditions;

    public Standardization Variables => Scales.Variables;

    /// <summary>Reads and standardises rows.</summary>
    public void Read(ReadOnlySpan<int> rows, Span<float> conditions, Span<float> variables)
    {
        conditions = conditions[..(rows.Length * Conditions.Width)];
        variables = variables[..(rows.Length * Variables.Width)];
        pairs.Read(rows, conditions, variables);
        Conditions.Apply(conditions);
        Variables.Apply(variables);
        Scales.Trend?.Remove(conditions, variables);
    }
}
