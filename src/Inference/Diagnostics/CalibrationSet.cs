namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// True parameters of many simulated cases, drawn from the prior, and draws of the posterior of each: what every
/// test of calibration starts from.
/// </summary>
public sealed class CalibrationSet
{
    private readonly double[] truths, draws;

    /// <summary>Truths and draws.</summary>
    /// <param name="truths">True parameters row by row, cases x parameters.</param>
    /// <param name="draws">Posterior draws, draws x cases x parameters, last index fastest.</param>
    /// <param name="parameterCount">Number of parameters.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a value is not finite.</exception>
    public CalibrationSet(ReadOnlySpan<double> truths, ReadOnlySpan<double> draws, int parameterCount)
    {
        if (parameterCount < 1 || truths.IsEmpty || truths.Length % parameterCount != 0)
        {
            throw new ArgumentException($"{truths.Length} true values are no cases of {parameterCount} parameters", nameof(truths));
        }
        if (draws.IsEmpty || draws.Length % truths.Length != 0)
        {
            throw new ArgumentException($"{draws.Length} drawn values are no draws of {truths.Length / parameterCount} cases of {parameterCount} parameters: expected draws x cases x parameters", nameof(draws));
        }
        CheckFinite(truths, nameof(truths));
        CheckFinite(draws, nameof(draws));
        (this.truths, this.draws, ParameterCount) = (truths.ToArray(), draws.ToArray(), parameterCount);
    }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Number of cases.</summary>
    public int CaseCount => truths.Length / ParameterCount;

    /// <summary>Number of posterior draws of each case.</summary>
    public int DrawCount => draws.Length / truths.Length;

    /// <summary>The true parameters of a case.</summary>
    public ReadOnlySpan<double> Truth(int @case) => truths.AsSpan(@case * ParameterCount, ParameterCount);

    /// <summary>One posterior draw of a case.</summary>
    public ReadOnlySpan<double> Draw(int draw, int @case) => draws.AsSpan((draw * CaseCount + @case) * ParameterCount, ParameterCount);

    private static void CheckFinite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException($"value {i} is {values[i]}: all must be finite", name);
        }
    }
}
