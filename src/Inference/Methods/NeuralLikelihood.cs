using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// Neural likelihood estimation (Papamakarios, Sterratt and Murray 2019): an ensemble of conditional flows q(x | theta) trained on
/// simulated pairs by maximum likelihood. Safe for concurrent use; starts no threads.
/// </summary>
public sealed class NeuralLikelihood : LearntLikelihood
{
    /// <summary>The word for this method in files.</summary>
    public const string Method = "nle";

    internal NeuralLikelihood(DensityEnsemble ensemble, ModelDescription description) : base(ensemble, description)
    {
    }

    /// <summary>Trains an ensemble, one network after the other.</summary>
    /// <param name="seed">Origin of splits, first weights and batches: the same seed and pairs give the same model, bit for bit.</param>
    /// <param name="pairs">Parameters and data to learn from, at least 20 pairs.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="ArgumentException">Options out of range, too few pairs, numbers that are not finite, or a constant column.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralLikelihood Train(
        Seed seed, ISimulationPairs pairs, EnsembleOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new EnsembleOptions();
        options.Validate();
        return Train(seed, pairs, options, start: null, progress, cancellation);
    }

    /// <summary>
    /// Trains an ensemble from networks that know what the likelihoods of similar problems have in common: a few pairs then teach what many would teach from nothing,
    /// and the errors that networks of few pairs share, which add up in the product of many likelihoods, are smaller.
    /// </summary>
    /// <param name="seed">Origin of splits and batches: the same seed, pairs and start give the same model, bit for bit.</param>
    /// <param name="pairs">Parameters and data to learn from, at least 20 pairs.</param>
    /// <param name="options">How: no more networks than the start has, and of its architecture.</param>
    /// <param name="pretrained">Where the networks begin.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="ArgumentException">As without a start, or the start has other numbers of parameters, data or networks, or another architecture.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralLikelihood Train(
        Seed seed, ISimulationPairs pairs, EnsembleOptions options, PretrainedLikelihood pretrained, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pretrained);
        options.Validate();
        return Train(seed, pairs, options, pretrained.StartFor(pairs, options), progress, cancellation);
    }

    /// <summary>Trains on from the weights and scales of another likelihood of the same problem, which is left as it is.</summary>
    internal static NeuralLikelihood TrainOn(
        Seed seed, ISimulationPairs pairs, EnsembleOptions options, NeuralLikelihood? before, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
        => Train(seed, pairs, options, before is null ? null : new EnsembleStart(before.Ensemble, keepsScales: true), progress, cancellation);

    private static NeuralLikelihood Train(
        Seed seed, ISimulationPairs pairs, EnsembleOptions options, EnsembleStart? start, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var names = options.NamesFor(pairs.ParameterCount);
        var hash = PairsHash.Compute(pairs, cancellation);
        var ensemble = DensityEnsemble.Train(seed, pairs, EstimatorRole.Likelihood, options, start, progress, cancellation);
        return new NeuralLikelihood(ensemble, ModelDescription.Of(Method, options, names, pairs, hash, ensemble, null));
    }

    /// <summary>log q(x | theta) in nats, in the units of x, of pairs: row i of x under row i of theta.</summary>
    /// <param name="theta">Parameters row by row, length n x <see cref="LearntLikelihood.ParameterCount"/>.</param>
    /// <param name="x">Data row by row, length n x <see cref="LearntLikelihood.DataCount"/>.</param>
    /// <param name="logProb">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => EvaluatePairs(theta, x, logProb);

    /// <summary>
    /// How far the networks of the ensemble disagree about one observation: the root mean square of log q_k(x | theta) about their mean, in nats. Each was
    /// trained on other pairs from other first weights, so what they do not agree about was not learnt.
    /// </summary>
    /// <param name="x">The observation, length <see cref="LearntLikelihood.DataCount"/>.</param>
    /// <param name="theta">The parameter, length <see cref="LearntLikelihood.ParameterCount"/>.</param>
    /// <returns>Null for a single network, or where a network says that the observation is impossible.</returns>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public double? NetworkDisagreement(ReadOnlySpan<double> x, ReadOnlySpan<double> theta)
    {
        RowLength.Require(x.Length, DataCount, nameof(x));
        RowLength.Require(theta.Length, ParameterCount, nameof(theta));
        var members = Ensemble.LogProbOfMembers(theta, x);
        var mean = members.Average();
        return members.Length > 1 && double.IsFinite(mean) ? Math.Sqrt(members.Average(member => (member - mean) * (member - mean))) : null;
    }

    /// <summary>Draws of the data at one parameter, row by row, length <paramref name="count"/> x <see cref="LearntLikelihood.DataCount"/>.</summary>
    /// <param name="seed">Origin of the draws.</param>
    /// <param name="theta">The parameter, length <see cref="LearntLikelihood.ParameterCount"/>.</param>
    /// <param name="count">Number of draws.</param>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public double[] Sample(Seed seed, ReadOnlySpan<double> theta, int count)
    {
        RowLength.Require(theta.Length, ParameterCount, nameof(theta));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Ensemble.Sample(seed, theta, count);
    }

    /// <summary>Reads a model to the end of a stream; it evaluates to the same bits as the one that was saved.</summary>
    /// <exception cref="ModelFileException">Not a model, damaged, from a later format, or of another method: the message says which.</exception>
    public static NeuralLikelihood Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (description, ensemble) = ModelFile.Read(stream, Method);
        return new NeuralLikelihood(ensemble, description);
    }
}
