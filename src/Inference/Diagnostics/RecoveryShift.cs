namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// How far the joint posteriors of surveys move when something is changed that the likelihoods do not know of: the same surveys, with the same random numbers, simulated with and
/// without the change, so that chance cancels and a small number of surveys tells.
/// </summary>
/// <param name="Mean">Mean over the surveys of (mean with the change - mean without) / standard deviation without.</param>
/// <param name="Error">Standard error of that mean.</param>
/// <param name="Scatter">Standard deviation of the same over the surveys.</param>
public readonly record struct RecoveryShift(double Mean, double Error, double Scatter)
{
    /// <summary>The shift of one parameter.</summary>
    /// <param name="reference">The surveys as they are.</param>
    /// <param name="changed">The same surveys from the first on, with the change.</param>
    /// <param name="parameter">Number of the parameter.</param>
    /// <exception cref="ArgumentException">More changed surveys than there are, or fewer than two.</exception>
    public static RecoveryShift Of(JointRecovery reference, JointRecovery changed, int parameter)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Cases.Count < 2 || changed.Cases.Count > reference.Cases.Count)
            throw new ArgumentException($"{changed.Cases.Count} changed surveys of {reference.Cases.Count}, expected 2 to as many", nameof(changed));
        double[] shifts = [.. changed.Cases.Zip(reference.Cases, (after, before) => (after.Mean[parameter] - before.Mean[parameter]) / before.StandardDeviation[parameter])];
        var mean = shifts.Average();
        var scatter = Math.Sqrt(shifts.Sum(shift => (shift - mean) * (shift - mean)) / (shifts.Length - 1));
        return new RecoveryShift(mean, scatter / Math.Sqrt(shifts.Length), scatter);
    }
}
