using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// Neural posterior estimation, amortised (Papamakarios and Murray 2016; Lueckmann et al. 2017, first round): an ensemble of
/// conditional flows q(theta | x) trained on pairs whose theta come from the prior. The flows live on the normal scores of bounded parameters, so no
/// probability leaks out of the prior's bounds and nothing is ever rejected. Safe for concurrent use; starts no threads.
/// </summary>
public sealed class NeuralPosterior
{
    /// <summary>The word for this method in files.</summary>
    public const string Method = "npe";

    private const int TileRows = 8192;

    private readonly DensityEnsemble ensemble;
    private readonly ParameterBounds bounds;
    private readonly NormalScores scores;

    internal NeuralPosterior(DensityEnsemble ensemble, ModelDescription description)
    {
        this.ensemble = ensemble;
        Description = description;
        bounds = description.Bounds ?? ParameterBounds.None(description.ParameterNames.Count);
        scores = new NormalScores(bounds);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Number of parameters theta.</summary>
    public int ParameterCount => Description.ParameterNames.Count;

    /// <summary>Number of data x.</summary>
    public int DataCount => Description.DataCount;

    /// <summary>Trains an ensemble, one network after the other.</summary>
    /// <param name="seed">Origin of splits, first weights and batches: the same seed and pairs give the same model, bit for bit.</param>
    /// <param name="pairs">Parameters drawn from the prior and the data simulated from them, at least 20 pairs.</param>
    /// <param name="bounds">The prior's bounds; null for a prior without.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellation">Ends the training between two batches.</param>
    /// <exception cref="ArgumentException">Options out of range, too few pairs, numbers that are not finite, a constant column, or a parameter outside the bounds.</exception>
    /// <exception cref="TrainingFailedException">The loss of a network is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NeuralPosterior Train(
        Seed seed,
        ISimulationPairs pairs,
        ParameterBounds? bounds = null,
        EnsembleOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new EnsembleOptions();
        options.Validate();
        return Train(seed, pairs, bounds ?? ParameterBounds.None(pairs.ParameterCount), options, null, progress, cancellation);
    }

    /// <summary>Trains on from the weights and scales of another posterior, which is left as it is.</summary>
    internal static NeuralPosterior Train(
        Seed seed, ISimulationPairs pairs, ParameterBounds bounds, EnsembleOptions options, NeuralPosterior? start, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (bounds.Count != pairs.ParameterCount) throw new ArgumentException($"bounds of {bounds.Count} parameters for {pairs.ParameterCount}", nameof(bounds));
        var names = options.NamesFor(pairs.ParameterCount);
        var hash = PairsHash.Compute(pairs, cancellation);
        var ensemble = DensityEnsemble.Train(seed, new PosteriorPairs(pairs, bounds), EstimatorRole.Posterior, options, start is null ? null : new EnsembleStart(start.ensemble, keepsScales: true), progress, cancellation);
        return new NeuralPosterior(ensemble, ModelDescription.Of(Method, options, names, pairs, hash, ensemble, bounds));
    }

    /// <summary>log q(theta | x) in nats, in the units of theta, at many parameters for one observation; negative infinity outside the bounds.</summary>
    /// <param name="x">The observation, length <see cref="DataCount"/>.</param>
    /// <param name="theta">Parameters row by row, length n x <see cref="ParameterCount"/>.</param>
    /// <param name="logPosterior">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logPosterior)
    {
        RowLength.Require(x.Length, DataCount, nameof(x));
        RowLength.Require(theta.Length, logPosterior.Length * ParameterCount, nameof(theta));
        var repeated = new double[Math.Min(TileRows, logPosterior.Length) * DataCount];
        for (var start = 0; start < repeated.Length; start += DataCount) x.CopyTo(repeated.AsSpan(start));
        for (var start = 0; start < logPosterior.Length; start += TileRows)
        {
            var rows = Math.Min(TileRows, logPosterior.Length - start);
            LogProb(theta.Slice(start * ParameterCount, rows * ParameterCount), repeated.AsSpan(0, rows * DataCount), logPosterior.Slice(start, rows));
        }
    }

    /// <summary>log q(theta | x) of pairs: row i of theta under row i of x; negative infinity outside the bounds.</summary>
    /// <param name="theta">Parameters row by row, length n x <see cref="ParameterCount"/>.</param>
    /// <param name="x">Data row by row, length n x <see cref="DataCount"/>.</param>
    /// <param name="logProb">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb)
    {
        RowLength.Require(theta.Length, logProb.Length * ParameterCount, nameof(theta));
        RowLength.Require(x.Length, logProb.Length * DataCount, nameof(x));
        var z = new double[theta.Length];
        var slope = new double[logProb.Length];
        for (var i = 0; i < z.Length; i++)
        {
            var parameter = i % ParameterCount;
            var score = theta[i] >= bounds.Low[parameter] && theta[i] <= bounds.High[parameter] ? scores.Score(theta[i], parameter) : double.NaN;
            var inside = !double.IsNaN(score);
            if (inside) z[i] = score;
            slope[i / ParameterCount] += inside ? scores.LogSlope(z[i], parameter) : double.NegativeInfinity;
        }
        ensemble.LogProb(x, z, one: false, logProb);
        for (var i = 0; i < logProb.Length; i++) logProb[i] += slope[i];
    }

    /// <summary>Independent draws of the posterior, row by row, length <paramref name="count"/> x <see cref="ParameterCount"/>; all lie inside the bounds.</summary>
    /// <param name="seed">Origin of the draws.</param>
    /// <param name="x">The observation, length <see cref="DataCount"/>.</param>
    /// <param name="count">Number of draws.</param>
    /// <exception cref="ArgumentException">The length does not match.</exception>
    public double[] Sample(Seed seed, ReadOnlySpan<double> x, int count)
    {
        RowLength.Require(x.Length, DataCount, nameof(x));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var draws = ensemble.Sample(seed, x, count);
        for (var i = 0; i < draws.Length; i++) draws[i] = scores.Parameter(draws[i], i % ParameterCount);
        return draws;
    }

    /// <summary>Writes the model: see <see cref="Load"/>.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(stream, Description, ensemble);
    }

    /// <summary>Reads a model to the end of a stream; it evaluates to the same bits as the one that was saved.</summary>
    /// <exception cref="ModelFileException">Not a model, damaged, from a later format, or of another method: the message says which.</exception>
    public static NeuralPosterior Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (description, ensemble) = ModelFile.Read(stream, Method);
        return new NeuralPosterior(ensemble, description);
    }
}
