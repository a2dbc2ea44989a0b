using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// A posterior of one to four parameters on a grid around its mass: p(theta | x) = p(x | theta) p(theta) / p(x),
/// multilinear within cells and normalised by the trapezoidal rule. Everything that it tells, marginals,
/// quantiles, draws, follows from that one density, so nothing is rounded to nodes. Immutable.
/// </summary>
public sealed class GridPosterior
{
    private readonly double[] density;
    private readonly Lazy<double[]> cumulativeCells;

    private GridPosterior(Prior prior, ParameterGrid grid, double[] logDensity, LikelihoodCube cube)
    {
        (Prior, Grid, Cube, density) = (prior, grid, cube, logDensity);
        var highest = density.Max();
        for (var i = 0; i < density.Length; i++) density[i] = Math.Exp(density[i] - highest);
        var total = NodeWeights.Integrate(grid, density);
        for (var i = 0; i < density.Length; i++) density[i] /= total;
        LogEvidence = highest + Math.Log(total);
        cumulativeCells = new(() => CellDraws.Accumulate(Grid, density));
    }

    /// <summary>The prior.</summary>
    public Prior Prior { get; }

    /// <summary>The nodes of the density: a box around the mass, within the prior's range.</summary>
    public ParameterGrid Grid { get; }

    /// <summary>The log-likelihood from which the density was interpolated.</summary>
    public LikelihoodCube Cube { get; }

    /// <summary>ln p(x), the integral of likelihood times prior, in nats.</summary>
    public double LogEvidence { get; }

    /// <summary>p(theta | x) at the nodes, last axis fastest, per unit volume of the parameters.</summary>
    public ReadOnlySpan<double> Density => density;

    /// <summary>
    /// The posterior of a likelihood that can be evaluated. A coarse grid over the prior is narrowed around the mass
    /// level by level, then the likelihood is tabulated there.
    /// </summary>
    /// <param name="prior">The prior, of one to four parameters.</param>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How finely; null for the defaults.</param>
    /// <param name="progress">Told the fraction done of the last, longest level.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    /// <exception cref="ArgumentException">Lengths do not match, x is not finite, or prior and likelihood exclude each other.</exception>
    public static GridPosterior Compute(Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x, GridPosteriorOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        options ??= new();
        CheckDimensions(prior);
        ObservationCheck.Check(likelihood, x, prior.Count);
        var observation = x.ToArray();
        var box = GridSearch.Zoom(prior, GridSearch.RangeOf(prior), options.Search(prior.Count),
            grid => LikelihoodCube.Evaluate(likelihood, observation, grid, null, cancellation).LogLikelihood.ToArray());
        var cube = LikelihoodCube.Evaluate(likelihood, observation, GridSearch.Grid(prior, box, options.Likelihood(prior.Count)), progress, cancellation);
        return From(prior, cube, options);
    }

    /// <summary>The posterior of a tabulated log-likelihood, interpolated by local cubics where its mass is narrower than its grid.</summary>
    /// <param name="prior">The prior: the cube's parameters in the cube's order. Where it reaches beyond the cube, the posterior does not.</param>
    /// <param name="cube">The log-likelihood of one object or the sum of many.</param>
    /// <param name="options">How finely; null for the defaults.</param>
    /// <exception cref="ArgumentException">Other parameters than the cube's, or prior and likelihood exclude each other.</exception>
    public static GridPosterior From(Prior prior, LikelihoodCube cube, GridPosteriorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(cube);
        options ??= new();
        CheckDimensions(prior);
        var box = GridSearch.Zoom(prior, Overlap(prior, cube.Grid), options.Search(prior.Count),
            target => CubicInterpolation.Resample(cube.Grid, cube.LogLikelihood, target));
        var grid = GridSearch.Grid(prior, box, options.Density(prior.Count));
        var logDensity = CubicInterpolation.Resample(cube.Grid, cube.LogLikelihood, grid);
        GridSearch.AddLogPrior(prior, grid, logDensity);
        return new GridPosterior(prior, grid, logDensity, cube);
    }

    /// <summary>The density of one parameter, the others integrated out.</summary>
    public MarginalDensity Marginal(int parameter) => new(Grid.Axes[parameter], NodeWeights.Marginalize(Grid, density, parameter));

    /// <summary>The joint density of two parameters, the others integrated out.</summary>
    /// <exception cref="ArgumentException">The two are not in ascending order.</exception>
    public PairDensity Pair(int first, int second) => first < second
        ? new(Grid.Axes[first], Grid.Axes[second], NodeWeights.Marginalize(Grid, density, first, second))
        : throw new ArgumentException($"parameters {first} and {second}: name the earlier one first", nameof(second));

    /// <summary>Median, 68 and 95 % central intervals, mean and standard deviation of every parameter.</summary>
    public ParameterSummary[] Summarize() => [.. Enumerable.Range(0, Prior.Count).Select(i => Marginal(i).Summarize())];

    /// <summary>The smallest region that holds this probability.</summary>
    public HighestDensity HighestDensityRegion(double probability) => HighestDensity.Find(density, NodeWeights.Of(Grid), probability);

    /// <summary>ln p(theta | x) of one point, minus infinity outside the grid.</summary>
    public double LogDensity(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Prior.Count) throw new ArgumentException($"theta has {theta.Length} values, the posterior has {Prior.Count} parameters", nameof(theta));
        return Math.Log(CellDraws.Interpolate(Grid, density, theta));
    }

    /// <summary>Independent draws from the density, continuous within cells.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="count">Number of draws, not negative.</param>
    /// <returns>Points row by row, count x parameters.</returns>
    public double[] Sample(Seed seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return CellDraws.Draw(seed, Grid, density, cumulativeCells.Value, count);
    }

    private static void CheckDimensions(Prior prior)
    {
        if (prior.Count > ParameterGrid.MaximumDimensions)
        {
            throw new ArgumentException($"the prior has {prior.Count} parameters, a grid serves up to {ParameterGrid.MaximumDimensions}: use the ensemble sampler", nameof(prior));
        }
    }

    private static (double Low, double High)[] Overlap(Prior prior, ParameterGrid grid)
    {
        if (!prior.Names.SequenceEqual(grid.Axes.Select(axis => axis.Name)))
        {
            throw new ArgumentException($"the prior has the parameters {string.Join(", ", prior.Names)}, the cube {string.Join(", ", grid.Axes.Select(a => a.Name))}", nameof(grid));
        }
        var box = GridSearch.RangeOf(prior);
        for (var i = 0; i < box.Length; i++)
        {
            var axis = grid.Axes[i];
            box[i] = (Math.Max(box[i].Low, axis.Low), Math.Min(box[i].High, axis.High));
            if (!(box[i].High > box[i].Low)) throw new ArgumentException($"the cube covers {axis.Name} from {axis.Low} to {axis.High}, outside the prior", nameof(grid));
        }
        return box;
    }
}
