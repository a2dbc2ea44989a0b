using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// Neural ratio estimation, NRE-C (Miller, Weniger and Forr&#233; 2022): an ensemble of classifiers that learn log r(theta, x) = log p(x | theta) / p(x) from
/// telling pairs from strangers. As a function of theta the ratio is a likelihood, so that grids and samplers take it as one; it is no density of x
/// and cannot be drawn from. Safe for concurrent use; starts no threads.
/// </summary>
public sealed class NeuralRatio : LearntLikelihood
{
    /// <summary>The word for this method in files.</summary>
    public const string Method = "nre";

    internal NeuralRatio(DensityEnsemble ensemble, ModelDescription description) : base(ensemble, description)
    {
    }

    /// <summary>Trains an ensemble, one network after the other.</summary>
    /// <param name="seed">Origin of splits, first weights and batches: the same seed and pairs give the same model, bit for bit.</param>
    /// <param name="pairs">Parameters and data to learn from, at least 20 pairs.</param>
    /// <param name="options">How; null for the defaults. Of the architecture, the hidden layers and their units count.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="ArgumentException">Options out of range, too few pairs, numbers that are not finite, or a constant column.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralRatio Train(
        Seed seed, ISimulationPairs pairs, EnsembleOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new EnsembleOptions();
        options.Validate();
        options = options with { Architecture = options.Architecture with { Transforms = 1, Bins = 0 } };
        var names = options.NamesFor(pairs.ParameterCount);
        var hash = PairsHash.Compute(pairs, cancellation);
        var ensemble = DensityEnsemble.Train(seed, pairs, EstimatorRole.Ratio, options, null, progress, cancellation);
        return new NeuralRatio(ensemble, ModelDescription.Of(Method, options, names, pairs, hash, ensemble, null));
    }

    /// <summary>log r(theta, x) in nats of pairs: row i of x with row i of theta. Added to the log prior, it is the log density of the posterior.</summary>
    /// <param name="theta">Parameters row by row, length n x <see cref="LearntLikelihood.ParameterCount"/>.</param>
    /// <param name="x">Data row by row, length n x <see cref="LearntLikelihood.DataCount"/>.</param>
    /// <param name="logRatio">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void LogRatio(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logRatio) => EvaluatePairs(theta, x, logRatio);

    /// <summary>Reads a model to the end of a stream; it evaluates to the same bits as the one that was saved.</summary>
    /// <exception cref="ModelFileException">Not a model, damaged, from a later format, or of another method: the message says which.</exception>
    public static NeuralRatio Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (description, ensemble) = ModelFile.Read(stream, Method);
        return new NeuralRatio(ensemble, description);
    }
}
