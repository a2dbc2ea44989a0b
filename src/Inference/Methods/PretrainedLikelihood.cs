using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// What the likelihoods of similar problems have in common: an ensemble of flows trained on the pairs of all of them together, from which the likelihood of each begins
/// (<see cref="NeuralLikelihood.Train(Seed, ISimulationPairs, EnsembleOptions, PretrainedLikelihood, IProgress{TrainingProgress}, CancellationToken)"/>). The data of every problem are
/// standardised by what they themselves show, and freed of their own linear trend with the parameters: what differs between problems most, levels and widths, is gone before anything
/// is learnt. It is no likelihood of any data, and evaluates nothing. Safe for concurrent use; starts no threads.
/// </summary>
public sealed class PretrainedLikelihood
{
    /// <summary>The word for this in files.</summary>
    public const string Method = "nle-pretrained";

    private readonly DensityEnsemble ensemble;

    private PretrainedLikelihood(DensityEnsemble ensemble, ModelDescription description) => (this.ensemble, Description) = (ensemble, description);

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Trains an ensemble, one network after the other, on the pairs of all problems.</summary>
    /// <param name="seed">Origin of splits, first weights and batches: the same seed and pairs give the same model, bit for bit.</param>
    /// <param name="problems">The pairs of every problem, at least 20 each, all with the same parameters and numbers of data.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="ArgumentException">No problem, problems of different widths, options out of range, too few pairs, numbers that are not finite, or a constant column.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PretrainedLikelihood Train(
        Seed seed, IReadOnlyList<ISimulationPairs> problems, EnsembleOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problems);
        options ??= new EnsembleOptions();
        options.Validate();
        foreach (var problem in problems) PairsHash.Compute(problem, cancellation);
        var pairs = new PooledPairs(problems);
        var names = options.NamesFor(pairs.ParameterCount);
        var hash = PairsHash.Compute(pairs, cancellation);
        var ensemble = DensityEnsemble.Train(seed, pairs, EstimatorRole.Likelihood, options, start: null, progress, cancellation);
        return new PretrainedLikelihood(ensemble, ModelDescription.Of(Method, options, names, pairs, hash, ensemble, null));
    }

    /// <summary>Writes the model, to be loaded by <see cref="Load"/>.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(stream, Description, ensemble);
    }

    /// <summary>Reads a model to the end of a stream.</summary>
    /// <exception cref="ModelFileException">Not a model, damaged, from a later format, or of another method: the message says which.</exception>
    public static PretrainedLikelihood Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (description, ensemble) = ModelFile.Read(stream, Method);
        return new PretrainedLikelihood(ensemble, description);
    }

    internal EnsembleStart StartFor(ISimulationPairs pairs, EnsembleOptions options)
    {
        if (Description.ParameterNames.Count != pairs.ParameterCount || Description.DataCount != pairs.DataCount)
            throw new ArgumentException($"pairs of {pairs.ParameterCount} parameters and {pairs.DataCount} data, networks to begin with of {Description.ParameterNames.Count} and {Description.DataCount}", nameof(pairs));
        if (options.Architecture != Description.Architecture) throw new ArgumentException($"an architecture of {options.Architecture}, networks to begin with of {Description.Architecture}", nameof(options));
        var start = new EnsembleStart(ensemble, keepsScales: false);
        return options.Networks <= start.Count ? start : throw new ArgumentException($"an ensemble of {options.Networks} networks, {start.Count} to begin with", nameof(options));
    }
}
