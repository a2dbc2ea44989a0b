namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// The posterior predictive check (Rubin 1984; Gelman, Meng and Stern 1996): whether data simulated from the posterior look like the observation.
/// Its probabilities are conservative, for the observation has shaped the posterior: a small one is bad news, a large one no proof.
/// </summary>
public sealed class PredictiveCheck
{
    private PredictiveCheck(double[] tails, double joint, double level)
    {
        (TailProbabilities, JointProbability) = (tails, joint);
        Adjusted = Holm.Adjust([.. tails, joint]);
        Passes = Adjusted.Min() >= level;
    }

    /// <summary>For every datum twice the share of the simulations beyond the observation, on the side where fewer are.</summary>
    public double[] TailProbabilities { get; }

    /// <summary>The share of the simulations that are farther from their mean, by their covariance, than the observation: sees what no single datum shows.</summary>
    public double JointProbability { get; }

    /// <summary>All these probabilities corrected for their number (<see cref="Holm"/>), the joint one last.</summary>
    public double[] Adjusted { get; }

    /// <summary>Whether none of the corrected probabilities is below the level.</summary>
    public bool Passes { get; }

    /// <summary>Compares an observation with its replicas.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="replicas">
    /// Data simulated at draws of the observation's posterior, row by row: enough of them that the check could fail, (data + 1) / level at least.
    /// </param>
    /// <param name="level">The chance of failing a right model, between 0 and 1.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, too few replicas (<see cref="TrainingCloud"/>), or values that are not finite.</exception>
    public static PredictiveCheck Of(ReadOnlySpan<double> observation, ReadOnlySpan<double> replicas, double level = 0.05)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "a level lies between 0 and 1");
        var count = replicas.Length / Math.Max(1, observation.Length);
        var fewest = (int)Math.Ceiling((observation.Length + 1) / level);
        if (count < fewest)
            throw new ArgumentException($"{count} replicas of {observation.Length} data can never fail at a level of {level}: take {fewest} or more", nameof(replicas));
        var place = new TrainingCloud(replicas, observation.Length).Locate(observation);
        // One more on either side: the observation is a replica among others if all is right.
        double Share(double beyond) => (beyond * count + 1) / (count + 1);
        var tails = Array.ConvertAll(place.Percentiles, below => Math.Min(1, 2 * Share(Math.Min(below, 1 - below))));
        return new PredictiveCheck(tails, Share(1 - place.MahalanobisPercentile), level);
    }
}
