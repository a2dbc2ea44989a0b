using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// A posterior of one to four parameters on a grid around its mass: p(theta | x) = p(x | theta) p(theta) / p(x),
/// normalised by the trapezoidal rule. The log-likelihood is a local cubic between nodes, the prior exact, and the
/// logarithm of a marginal a cubic between its nodes: quantiles and draws know nothing of nodes. Immutable.
/// </summary>
public sealed class GridPosterior
{
    /// <summary>How far a density may rise above its multilinear form within a cell before draws miss some of the rise.</summary>
    private const double LargestRatio = 1.6;

    private readonly double[] density, logLikelihood;
    private readonly Lazy<double[]> cumulativeCells;
    private readonly Lazy<double> interpolationError;

    private GridPosterior(Prior prior, ParameterGrid grid, double[] logDensity, LikelihoodCube cube, double[] logLikelihood)
    {
        (Prior, Grid, Cube, density, this.logLikelihood) = (prior, grid, cube, logDensity, logLikelihood);
        var highest = density.Max();
        for (var i = 0; i < density.Length; i++) density[i] = Math.Exp(density[i] - highest);
        var total = NodeWeights.Integrate(grid, density);
        for (var i = 0; i < density.Length; i++) density[i] /= total;
        LogEvidence = highest + Math.Log(total);
        cumulativeCells = new(() => CellDraws.Accumulate(Grid, density));
        interpolationError = new(() => InterpolationErrorOf(prior, cube));
    }

    /// <summary>The prior.</summary>
    public Prior Prior { get; }

    /// <summary>The nodes of the density: a box around the mass, within the prior's range.</summary>
    public ParameterGrid Grid { get; }

    /// <summary>The log-likelihood from which the density was interpolated.</summary>
    public LikelihoodCube Cube { get; }

    /// <summary>ln p(x), the integral of likelihood times prior, in nats.</summary>
    public double LogEvidence { get; }

    /// <summary>
    /// By how many nats the log-likelihood is off between the nodes of <see cref="Cube"/>, averaged over the posterior: estimated
    /// from how well every second node is predicted by the others, an error that falls with the fourth power of the cell.
    /// Below 0.05 it is invisible in intervals; near 1 the cube is too coarse for this posterior.
    /// </summary>
    public double InterpolationError => interpolationError.Value;

    /// <summary>p(theta | x) at the nodes, last axis fastest, per unit volume of the parameters.</summary>
    public ReadOnlySpan<double> Density => density;

    /// <summary>
    /// The posterior of a likelihood that can be evaluated. A coarse grid over the prior is narrowed around the mass
    /// level by level, then the likelihood is tabulated there, on more nodes until interpolation between them is accurate.
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
        return From(prior, Tabulate(prior, box, options, grid => LikelihoodCube.Evaluate(likelihood, observation, grid, progress, cancellation)), options);
    }

    /// <summary>Tabulates a likelihood in a box, on half as many nodes more each time until interpolation between them is accurate.</summary>
    internal static LikelihoodCube Tabulate(Prior prior, (double Low, double High)[] box, GridPosteriorOptions options, Func<ParameterGrid, LikelihoodCube> evaluate)
    {
        for (var nodes = options.Likelihood(prior.Count); ; nodes += nodes / 2)
        {
            var cube = evaluate(GridSearch.Grid(prior, box, nodes));
            if (InterpolationErrorOf(prior, cube) <= options.LargestInterpolationError || Math.Pow(1.5 * nodes, prior.Count) > options.MostEvaluations) return cube;
        }
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
        var overlap = Overlap(prior, cube.Grid);
        var values = Abyss.Fill(prior, cube.Grid, cube.LogLikelihood);
        var box = GridSearch.Zoom(prior, overlap, options.Search(prior.Count), target => CubicInterpolation.Resample(cube.Grid, values, target));
        var grid = GridSearch.Grid(prior, box, options.Density(prior.Count));
        var logDensity = CubicInterpolation.Resample(cube.Grid, values, grid);
        GridSearch.AddLogPrior(prior, grid, logDensity);
        return new GridPosterior(prior, grid, logDensity, cube, values);
    }

    /// <summary>The density of one parameter, the others integrated out, on an axis refined to a thousand nodes.</summary>
    public MarginalDensity Marginal(int parameter)
    {
        var axis = Grid.Axes[parameter];
        var coarse = new ParameterGrid([axis]);
        // A density that is zero to the last bit has no logarithm between nodes.
        var logMarginal = Array.ConvertAll(NodeWeights.Marginalize(Grid, density, parameter), value => Math.Log(Math.Max(value, double.Epsilon)));
        var fine = new GridAxis(axis.Name, axis.Low, axis.High, (axis.Count - 1) * Math.Max(1, 1024 / (axis.Count - 1)) + 1);
        return new(fine, Array.ConvertAll(CubicInterpolation.Resample(coarse, logMarginal, new ParameterGrid([fine])), Math.Exp));
    }

    /// <summary>The joint density of two parameters, the others integrated out.</summary>
    /// <exception cref="ArgumentException">The two are not in ascending order.</exception>
    public PairDensity Pair(int first, int second) => first < second
        ? new(Grid.Axes[first], Grid.Axes[second], NodeWeights.Marginalize(Grid, density, first, second))
        : throw new ArgumentException($"parameters {first} and {second}: name the earlier one first", nameof(second));

    /// <summary>Median, 68 and 95 % central intervals, mean and standard deviation of every parameter.</summary>
    public ParameterSummary[] Summarize() => [.. Enumerable.Range(0, Prior.Count).Select(i => Marginal(i).Summarize())];

    /// <summary>The probability that one parameter or more lies near an end of the prior.</summary>
    /// <param name="part">The probability of the prior that counts as near one end of a parameter, above 0 and below 0.5.</param>
    public double ProbabilityNearEnds(double part)
    {
        PriorEnds.Check(part);
        return PriorEnds.MassNear(Grid, density, NodeWeights.Integrate(Grid, density), PriorEnds.Away(Prior, Grid, part));
    }

    /// <summary>The smallest region that holds this probability.</summary>
    public HighestDensity HighestDensityRegion(double probability) => HighestDensity.Find(density, NodeWeights.Of(Grid), probability);

    /// <summary>ln p(theta | x) of one point, minus infinity outside <see cref="Grid"/>.</summary>
    public double LogDensity(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Prior.Count) throw new ArgumentException($"theta has {theta.Length} values, the posterior has {Prior.Count} parameters", nameof(theta));
        for (var i = 0; i < theta.Length; i++)
        {
            if (!(theta[i] >= Grid.Axes[i].Low && theta[i] <= Grid.Axes[i].High)) return double.NegativeInfinity;
        }
        return CubicInterpolation.At(Cube.Grid, logLikelihood, theta) + Prior.LogDensity(theta) - LogEvidence;
    }

    /// <summary>
    /// Independent draws: proposed from the multilinear density, which is a little too wide, and accepted in proportion
    /// to <see cref="LogDensity"/> over it.
    /// </summary>
    /// <param name="seed">Same seed, same draws; the first rows do not depend on <paramref name="count"/>.</param>
    /// <param name="count">Number of draws, not negative.</param>
    /// <returns>Points row by row, count x parameters.</returns>
    public double[] Sample(Seed seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var stream = seed.Stream();
        var cells = new CellDraws(Grid, density, cumulativeCells.Value);
        var draws = new double[count * Prior.Count];
        for (var i = 0; i < count; i++)
        {
            var theta = draws.AsSpan(i * Prior.Count, Prior.Count);
            double proposed;
            do proposed = cells.Draw(stream, theta);
            while (stream.NextDouble() * LargestRatio * proposed > Math.Exp(LogDensity(theta)));
        }
        return draws;
    }

    private static double InterpolationErrorOf(Prior prior, LikelihoodCube cube)
    {
        var logPosterior = cube.LogLikelihood.ToArray();
        GridSearch.AddLogPrior(prior, cube.Grid, logPosterior);
        return CubicInterpolation.MeanError(cube.Grid, cube.LogLikelihood, logPosterior);
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
