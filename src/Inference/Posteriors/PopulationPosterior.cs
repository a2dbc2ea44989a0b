using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// What a sample of objects says of the population that they come from: the mean and the scatter of every parameter, theta_i ~ N(mean, scatter^2) for
/// each object, its own theta_i integrated out (<see cref="PopulationLikelihood"/>). Where <see cref="JointPosterior"/> asks for the one value
/// that all objects share, this asks how much they differ: with a scatter, the joint posterior is too narrow and the mean's is not.
/// </summary>
public sealed class PopulationPosterior
{
    // Every evaluation passes all objects: the grid starts coarse and is refined only where its interpolation asks for it.
    private static readonly GridPosteriorOptions Grid = new() { SearchNodes = 17, LikelihoodNodes = 33, MostEvaluations = 10_000 };

    // A hundred times what posteriors of usual surveys need.
    private const int FewestAllowed = 50_000, AllowedPerDraw = 200;

    private readonly string[] names;

    private PopulationPosterior(string[] names, Prior prior, double[] draws, bool converged, CommonError common) =>
        (this.names, Prior, Draws, Converged, CommonError) = (names, prior, draws, converged, common);

    /// <summary>The prior of the means, then of the natural logarithms of the scatters.</summary>
    public Prior Prior { get; }

    /// <summary>Draws row by row: the means of all parameters, then their scatters.</summary>
    public double[] Draws { get; }

    /// <summary>Whether the sampler had the effective draws asked for, and weights that are to be trusted; a grid always has.</summary>
    public bool Converged { get; }

    /// <summary>The error that the likelihoods have in common where their product lies, by which the means were widened.</summary>
    public CommonError CommonError { get; }

    /// <summary>Summary of the population's mean of a parameter.</summary>
    public ParameterSummary Mean(int parameter) => Quantiles.Summarize(Column(parameter));

    /// <summary>Summary of the population's scatter of a parameter: the standard deviation over objects, without errors of measurement.</summary>
    public ParameterSummary Scatter(int parameter) => Quantiles.Summarize(Column(names.Length + parameter));

    /// <summary>
    /// The usual prior: means uniform over the range of the objects' parameters, and scatters whose logarithm is uniform from a hundredth of that
    /// range to all of it. A scatter far below the errors of the objects is not told from none: the posterior then reaches down to the prior's end.
    /// </summary>
    /// <param name="range">The grid of the objects' cubes.</param>
    public static Prior UsualPrior(ParameterGrid range)
    {
        ArgumentNullException.ThrowIfNull(range);
        return new Prior([
            .. range.Axes.Select(axis => new PriorParameter($"mean_{axis.Name}", new UniformDistribution(axis.Low, axis.High))),
            .. range.Axes.Select(axis => new PriorParameter($"ln_scatter_{axis.Name}",
                new UniformDistribution(Math.Log(0.01 * (axis.High - axis.Low)), Math.Log(axis.High - axis.Low)))),
        ]);
    }

    /// <summary>Infers the population: on a grid for one parameter, by weighted draws (<see cref="ImportanceSampler"/>) for more.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="objects">Two or more objects with their cubes, all on the same grid.</param>
    /// <param name="count">Draws to make; 10 or more for objects of several parameters.</param>
    /// <param name="prior">Prior of means and logarithms of scatters, in this order; null for <see cref="UsualPrior"/>.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    /// <param name="common">The error that the likelihoods have in common, which moves all objects together: it widens the means, and no scatter. They are taken to be right when nothing is said.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    /// <exception cref="ArgumentException">Fewer than two objects, cubes on different grids, or a prior of another number of parameters.</exception>
    public static PopulationPosterior Compute(Seed seed, IReadOnlyList<NamedCube> objects, int count = 4000, Prior? prior = null,
        IProgress<double>? progress = null, CommonError common = default, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var likelihood = new PopulationLikelihood(objects);
        var axes = objects[0].Cube.Grid.Axes;
        prior ??= UsualPrior(objects[0].Cube.Grid);
        if (prior.Count != likelihood.ParameterCount)
            throw new ArgumentException($"a prior of {prior.Count} parameters: {axes.Count} means and as many logarithms of scatters are {likelihood.ParameterCount}", nameof(prior));
        var (draws, converged) = axes.Count == 1
            ? (GridPosterior.Compute(prior, likelihood, [], Grid, progress, cancellation).Sample(seed, count), true)
            : Draw(seed, prior, likelihood, count, progress, cancellation);
        for (var i = 0; i < draws.Length; i++) if (i % prior.Count >= axes.Count) draws[i] = Math.Exp(draws[i]);
        var here = CommonShift.Move(seed.Derive("common error"), draws, prior.Count, objects, common);
        return new PopulationPosterior([.. axes.Select(axis => axis.Name)], prior, draws, converged, here);
    }

    private static (double[] Draws, bool Converged) Draw(
        Seed seed, Prior prior, PopulationLikelihood likelihood, int count, IProgress<double>? progress, CancellationToken cancellation)
    {
        var options = new ImportanceOptions { EffectiveDraws = count, MostEvaluations = Math.Max(FewestAllowed, AllowedPerDraw * count) };
        var weighted = ImportanceSampler.Sample(seed.Derive("weighted"), prior, likelihood, [], options, progress, cancellation);
        return (weighted.Draw(seed.Derive("draws"), count), weighted.Converged);
    }

    private double[] Column(int column)
    {
        var width = Prior.Count;
        return [.. Enumerable.Range(0, Draws.Length / width).Select(i => Draws[i * width + column])];
    }
}
