using System.CommandLine;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi fit: learns a likelihood or a posterior from pairs of parameters and data.</summary>
internal static class FitCommand
{
    private const string Maf = "maf", Nsf = "nsf";

    public static Command Make()
    {
        var method = new Option<string>("--method")
        {
            Description = "nle: neural likelihood; npe: neural posterior; nre: neural ratio", DefaultValueFactory = _ => NeuralLikelihood.Method,
        };
        method.AcceptOnlyFromAmong(NeuralLikelihood.Method, NeuralPosterior.Method, NeuralRatio.Method);
        var (theta, x) = (SbiInput.Theta(), SbiInput.X());
        var prior = new Option<string>("--prior") { Description = "prior file: kept in the model, so that posteriors can be sampled from it", Required = true };
        var file = new Option<string>("--out") { Description = "model file", Required = true };
        var estimator = new Option<string?>("--estimator")
        {
            Description = "of nle and npe: maf, masked autoregressive flow; nsf, neural spline flow (default: nsf for a density of one or two numbers, else maf)",
        };
        estimator.AcceptOnlyFromAmong(Maf, Nsf);
        var ensemble = new Option<int>("--ensemble") { Description = "networks, averaged in probability (default: 3)", DefaultValueFactory = _ => 3 };
        var batch = new Option<int?>("--batch") { Description = "pairs in a training step (default: by their number)" };
        var seed = CommonOptions.SeedOption();
        var command = new Command("fit", "Learns a likelihood or a posterior from pairs of parameters and data.")
        {
            method, theta, x, prior, file, estimator, ensemble, batch, seed,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (parameters, path) = (parsed.GetRequiredValue(theta), parsed.GetRequiredValue(file));
            var pairs = TablePairs.Open(parameters, parsed.GetRequiredValue(x));
            using var disposable = pairs as IDisposable;
            var belief = SurveyPrior.ReadAny(parsed.GetRequiredValue(prior));
            if (belief.Count != pairs.ParameterCount)
                throw new BadInputException(parsed.GetRequiredValue(prior), $"a prior over {belief.Count} parameters",
                    $"{pairs.ParameterCount} as in {parameters}", "name the prior of these simulations");
            var checkpoint = new CheckpointFile($"{path}.checkpoint");
            var options = new EnsembleOptions
            {
                Networks = parsed.GetValue(ensemble), ParameterNames = belief.Names, Prior = SurveyPrior.ToJson(belief), Checkpoint = checkpoint,
                Architecture = Architecture(parsed.GetRequiredValue(method), parsed.GetValue(estimator), pairs),
                Training = new TrainingOptions { BatchSize = parsed.GetValue(batch) },
            };
            var model = SbiInput.Guard(parameters, parsed.GetRequiredValue(x), () =>
            {
                PriorSupport.Require(belief, pairs, cancellation);
                return Train(parsed.GetRequiredValue(method), CommonOptions.SeedOf(parsed, seed), pairs, belief, options, cancellation);
            });
            AtomicFile.Write(path, model.Save);
            checkpoint.Remove();
            var networks = model.Description.Histories
                .Select(history => new { epochs = history.Epochs, best_epoch = history.BestEpoch, validation_log_prob = history.ValidationLogProb });
            Output.Json(new { model = path, method = model.Description.Method, pairs = pairs.Count, networks, weights = model.Description.Weights });
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static FlowArchitecture Architecture(string method, string? estimator, ISimulationPairs pairs) => (method, estimator) switch
    {
        (NeuralRatio.Method, null) => new(),
        (NeuralRatio.Method, _) => throw new BadInputException("--estimator", estimator!, $"no estimator: {NeuralRatio.Method} learns a classifier", "leave the option out"),
        (_, Maf) => new(),
        (_, Nsf) => FlowArchitecture.Spline,
        _ => FlowArchitecture.For(method == NeuralPosterior.Method ? pairs.ParameterCount : pairs.DataCount),
    };

    private static TrainedModel Train(string method, Seed seed, ISimulationPairs pairs, Prior prior, EnsembleOptions options, CancellationToken cancellation)
    {
        TrainedModel? model = null;
        Meter.Show("training", options.Networks, done =>
        {
            var progress = new NetworksDone(done);
            model = method switch
            {
                NeuralPosterior.Method => new TrainedPosterior(NeuralPosterior.Train(seed, pairs, ParameterBounds.Of(prior), options, progress, cancellation)),
                NeuralRatio.Method => new TrainedRatio(NeuralRatio.Train(seed, pairs, options, progress, cancellation)),
                _ => new TrainedLikelihood(NeuralLikelihood.Train(seed, pairs, options, progress, cancellation)),
            };
        });
        return model!;
    }

    private sealed class NetworksDone(IProgress<int>? bar) : IProgress<TrainingProgress>
    {
        private bool begun;

        public void Report(TrainingProgress value)
        {
            if (!begun && (value.Network, value.Epoch) != (1, 1)) Output.Note($"goes on with network {value.Network}, epoch {value.Epoch}");
            begun = true;
            bar?.Report(value.Network - 1);
        }
    }
}
