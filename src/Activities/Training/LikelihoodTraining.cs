using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Training;

/// <summary>How the steps of a survey train ensembles: with the same options, and a state of the training in the store, from which one that was interrupted goes on.</summary>
/// <param name="context">The step.</param>
/// <param name="prior">The prior of the parameters, which the model file keeps.</param>
/// <param name="networks">Networks per ensemble.</param>
/// <param name="batch">Pairs in a training step; 0 chooses by their number.</param>
/// <param name="trainings">How many ensembles the step trains, for its bar.</param>
internal sealed class LikelihoodTraining(StepContext context, JsonObject prior, int networks, int batch, int trainings)
{
    // With these, products of the likelihoods of twelve mock clusters were the best, and learnt the soonest (docs/inference.md): many networks that stop early, rather than few that do not.
    private const double LearningRate = 0.01;
    private const int Patience = 8;

    private int done;

    /// <summary>Networks so many times as many and as wide as the settings have them.</summary>
    public int Larger { get; init; } = 1;

    /// <summary>Trains one ensemble.</summary>
    /// <param name="seed">Its seed, which also names its state in the store.</param>
    /// <param name="what">What it is of, for an error: a cluster and a region.</param>
    /// <param name="label">What it is called beside the bar.</param>
    /// <param name="train">The training.</param>
    /// <exception cref="BadInputException">The simulations cannot be learnt from.</exception>
    public T Train<T>(Seed seed, string what, string label, Func<EnsembleOptions, IProgress<TrainingProgress>?, T> train)
    {
        var architecture = new FlowArchitecture();
        var checkpoint = new CheckpointFile(Path.Combine(context.Store.Root, ArtifactStore.Trainings, $"{seed.Value:x16}.checkpoint"));
        var options = new EnsembleOptions
        {
            Networks = Larger * networks, ParameterNames = TurbulenceParameters.Names, Prior = SurveyPrior.ToJson(SurveyPrior.Parse(prior)), Checkpoint = checkpoint,
            Architecture = architecture with { HiddenUnits = Larger * architecture.HiddenUnits },
            Training = new TrainingOptions { BatchSize = batch == 0 ? null : batch, LearningRate = LearningRate, Patience = Patience },
        };
        var progress = context.Progress is { } bar ? new EpochProgress(bar, label, Interlocked.Increment(ref done) - 1, trainings) : null;
        try
        {
            var trained = train(options, progress);
            checkpoint.Remove();
            return trained;
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(what, unfit.InPlainWords(), "simulations to learn from", "make more simulations, or look at their spectra", unfit);
        }
    }

    private sealed class EpochProgress(IProgress<StepProgress> bar, string label, int index, int trainings) : IProgress<TrainingProgress>
    {
        // How many epochs a network needs is not known: the share of its part grows ever more slowly.
        public void Report(TrainingProgress value)
        {
            var network = value.Network - 1 + 1 - Math.Exp(-value.Epoch / 100.0);
            bar.Report(new StepProgress((index + network / value.Networks) / trainings, $"{label}, network {value.Network} of {value.Networks}, epoch {value.Epoch}"));
        }
    }
}
