using System.CommandLine;
using System.Text;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Training;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>sbi fit|score|sample|c2st: simulation-based inference for any problem.</summary>
internal static class SbiCommand
{
    public static Command Make() => new("sbi", "Simulation-based inference for any problem: learns likelihoods, samples posteriors, tests them.") { Fit(), Score(), Sample(), C2st() };

    private static Command Fit()
    {
        var method = new Option<string>("--method") { Description = "nle: neural likelihood", DefaultValueFactory = _ => "nle" };
        method.AcceptOnlyFromAmong("nle");
        var (theta, x) = (Theta(), X());
        var prior = new Option<string>("--prior") { Description = "prior file: kept in the model, so that posteriors can be sampled from it", Required = true };
        var file = new Option<string>("--out") { Description = "model file", Required = true };
        var estimator = new Option<string>("--estimator") { Description = "maf: masked autoregressive flow", DefaultValueFactory = _ => "maf" };
        estimator.AcceptOnlyFromAmong("maf");
        var ensemble = new Option<int>("--ensemble") { Description = "networks, averaged in probability (default: 3)", DefaultValueFactory = _ => 3 };
        var batch = new Option<int?>("--batch") { Description = "pairs in a training step (default: by their number)" };
        var seed = CommonOptions.SeedOption();
        var command = new Command("fit", "Learns a likelihood from pairs of parameters and data.") { method, theta, x, prior, file, estimator, ensemble, batch, seed };
        command.SetAction((parsed, cancellation) =>
        {
            var pairs = TablePairs.Open(parsed.GetRequiredValue(theta), parsed.GetRequiredValue(x));
            using var disposable = pairs as IDisposable;
            var belief = SurveyPrior.ReadAny(parsed.GetRequiredValue(prior));
            if (belief.Count != pairs.ParameterCount) throw new BadInputException(parsed.GetRequiredValue(prior), $"a prior over {belief.Count} parameters", $"{pairs.ParameterCount} as in {parsed.GetRequiredValue(theta)}", "name the prior of these simulations");
            var options = new Inference.Methods.EnsembleOptions { Networks = parsed.GetValue(ensemble), ParameterNames = belief.Names, Prior = SurveyPrior.ToJson(belief), Training = new TrainingOptions { BatchSize = parsed.GetValue(batch) } };
            var model = Guard(parsed.GetRequiredValue(theta), () => Train(CommonOptions.SeedOf(parsed, seed), pairs, options, cancellation));
            AtomicFile.Write(parsed.GetRequiredValue(file), model.Save);
            Output.Json(new { model = parsed.GetRequiredValue(file), pairs = pairs.Count, networks = model.Description.Histories.Select(history => new { epochs = history.Epochs, best_epoch = history.BestEpoch, validation_log_prob = history.ValidationLogProb }), weights = model.Description.Weights });
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Score()
    {
        var (model, theta, x) = (Model(), Theta(), X());
        var command = new Command("score", "Mean log q over pairs that were held out.") { model, theta, x };
        command.SetAction(parsed =>
        {
            var likelihood = Load(parsed.GetRequiredValue(model));
            var (parameters, data) = (MatrixFile.Read(parsed.GetRequiredValue(theta)), MatrixFile.Read(parsed.GetRequiredValue(x)));
            if (parameters.RowCount != data.RowCount) throw new BadInputException(parsed.GetRequiredValue(x), $"{data.RowCount} rows", $"{parameters.RowCount} as in {parsed.GetRequiredValue(theta)}", "name files of one set");
            Fits(parsed.GetRequiredValue(theta), parameters.ColumnCount, likelihood.ParameterCount, "parameters");
            Fits(parsed.GetRequiredValue(x), data.ColumnCount, likelihood.DataCount, "data");
            var logProb = new double[parameters.RowCount];
            likelihood.LogProb(parameters.Values, data.Values, logProb);
            Output.Json(new { mean_log_prob = logProb.Average(), pairs = logProb.Length });
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Sample()
    {
        var model = Model();
        var observation = new Option<string>("--x-obs") { Description = "F[:ROW]: the observation, rows from 0", Required = true };
        var count = new Option<int>("--n") { Description = "how many draws (default: 1000)", DefaultValueFactory = _ => 1000 };
        var file = new Option<string>("--out") { Description = "file for the draws (.csv, .npy, .parquet)", Required = true };
        var sampler = new Option<string?>("--sampler") { Description = "grid: exact, up to 4 parameters; ensemble: affine-invariant Markov chains (default: grid where it can)" };
        sampler.AcceptOnlyFromAmong("grid", "ensemble");
        var seed = CommonOptions.SeedOption();
        var command = new Command("sample", "Draws from the posterior of an observation.") { model, observation, count, file, sampler, seed };
        command.SetAction((parsed, cancellation) =>
        {
            var likelihood = Load(parsed.GetRequiredValue(model));
            var prior = Prior.Read(Encoding.UTF8.GetBytes(likelihood.Description.Prior ?? throw new BadInputException(parsed.GetRequiredValue(model), "a model without a prior", "a model that was fitted with --prior", "fit it again")));
            var x = ObservationArgument.Parse(parsed.GetRequiredValue(observation)).Read();
            Fits(parsed.GetRequiredValue(observation), x.Length, likelihood.DataCount, "data");
            if (parsed.GetValue(count) < 1) throw new BadInputException("--n", $"{parsed.GetValue(count)}", "1 or more draws", "choose another number");
            var kind = parsed.GetValue(sampler) ?? (prior.Count <= ParameterGrid.MaximumDimensions ? "grid" : "ensemble");
            if (kind == "grid" && prior.Count > ParameterGrid.MaximumDimensions) throw new BadInputException("--sampler", "grid", $"up to {ParameterGrid.MaximumDimensions} parameters, the model has {prior.Count}", "take --sampler ensemble");
            var origin = CommonOptions.SeedOf(parsed, seed);
            var draws = kind == "grid"
                ? GridPosterior.Compute(prior, likelihood, x, cancellation: cancellation).Sample(origin, parsed.GetValue(count))
                : EnsembleSampler.Sample(origin.Derive("chain"), prior, likelihood, x, cancellation: cancellation).Draw(origin.Derive("draws"), parsed.GetValue(count));
            MatrixFile.Write(parsed.GetRequiredValue(file), new NumericTable(prior.Names, draws));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command C2st()
    {
        var reference = new Argument<string>("A") { Description = "the reference draws" };
        var other = new Argument<string>("B") { Description = "the draws to hold against them" };
        var seed = CommonOptions.SeedOption();
        var command = new Command("c2st", "Classifier two-sample test: 0.5 means that the draws cannot be told apart.") { reference, other, seed };
        command.SetAction(parsed =>
        {
            var (a, b) = (MatrixFile.Read(parsed.GetRequiredValue(reference)), MatrixFile.Read(parsed.GetRequiredValue(other)));
            Fits(parsed.GetRequiredValue(other), b.ColumnCount, a.ColumnCount, "columns");
            var count = Math.Min(a.RowCount, b.RowCount);
            var score = Guard(parsed.GetRequiredValue(reference), () => ClassifierTwoSampleTest.Score(CommonOptions.SeedOf(parsed, seed), a.Values.AsSpan(0, count * a.ColumnCount), b.Values.AsSpan(0, count * a.ColumnCount), a.ColumnCount));
            Output.Json(new { c2st = score.Accuracy, n = score.Count });
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string> Theta() => new("--theta") { Description = "parameters, row by row (CSV, .npy, Parquet)", Required = true };

    private static Option<string> X() => new("--x") { Description = "data, row by row (CSV, .npy, Parquet)", Required = true };

    private static Option<string> Model() => new("--model") { Description = "model file", Required = true };

    private static NeuralLikelihood Train(Seed seed, ISimulationPairs pairs, Inference.Methods.EnsembleOptions options, CancellationToken cancellation)
    {
        NeuralLikelihood? model = null;
        Meter.Show("training", options.Networks, done => model = NeuralLikelihood.Train(seed, pairs, options, done is null ? null : new NetworksDone(done), cancellation));
        return model!;
    }

    private static NeuralLikelihood Load(string path)
    {
        using var stream = InputFiles.Open(path);
        try
        {
            return NeuralLikelihood.Load(stream);
        }
        catch (ModelFileException wrong)
        {
            throw new BadInputException(path, wrong.Message, "a model that sbi fit has written", "name another file, or fit the model again", wrong);
        }
    }

    private static void Fits(string where, int found, int expected, string what)
    {
        if (found != expected) throw new BadInputException(where, $"{found} {what}", $"{expected}", "name files that belong together");
    }

    private static T Guard<T>(string where, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(where, unfit.Message, "pairs that can be learnt from, and options in their ranges", "correct the input", unfit);
        }
    }

    private sealed class NetworksDone(IProgress<int> bar) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => bar.Report(value.Network - 1);
    }
}
