using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>The tests of calibration of a region's likelihood, on simulations that it has not learnt from.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Region">The region.</param>
/// <param name="Prior">The prior from which the parameters were drawn.</param>
/// <param name="HeldOut">The simulations, each on a field of its own.</param>
internal sealed record NetworkTests(string Cluster, string Region, Prior Prior, StoredSimulations HeldOut)
{
    /// <summary>Draws of each posterior: ranks are fine enough, and the ellipsoids of coverage well shaped.</summary>
    private const int Draws = 100;

    /// <summary>What the tests find in a likelihood; the same random numbers whichever it is.</summary>
    public StoredCalibration Of(StepContext context, NeuralLikelihood likelihood)
    {
        var (truths, summaries) = (HeldOut.Parameters(), HeldOut.Summaries(Region));
        var seed = context.Seed.Derive(Cluster).Derive(Region);
        var drawn = new double[truths.RowCount][];
        ParallelWork.Do(() => Parallel.For(0, drawn.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, i =>
            drawn[i] = HeldOutPosterior.Draw(seed.Derive("draws").Derive(i), Prior, likelihood, summaries.Row(i), Draws, context.Cancellation)));
        return new StoredCalibration(drawn.Length, HeldOutPosterior.Test(seed.Derive("tests"), Prior.Names, truths.Values, drawn).Tests);
    }
}
