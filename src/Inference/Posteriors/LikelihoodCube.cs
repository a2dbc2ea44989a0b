namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// A log-likelihood as a function of the parameters for one fixed observation, tabulated on a grid. Cubes of
/// independent objects with shared parameters add up to the log-likelihood of all of them. Immutable.
/// </summary>
public sealed class LikelihoodCube
{
    private const int BatchSize = 4096;
    private readonly double[] values;

    /// <summary>A cube of known values.</summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="logLikelihood">ln p(x | theta) in nats at every node, last axis fastest. NaN and plus infinity count as impossible and are flagged.</param>
    /// <param name="flags">Flags known already; those that follow from the values are added.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the nodes, or none is finite.</exception>
    public LikelihoodCube(ParameterGrid grid, ReadOnlySpan<double> logLikelihood, LikelihoodFlags flags = LikelihoodFlags.None)
        : this(grid, logLikelihood.ToArray(), flags)
    {
    }

    private LikelihoodCube(ParameterGrid grid, double[] values, LikelihoodFlags flags)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (values.Length != grid.NodeCount) throw new ArgumentException($"{values.Length} log-likelihoods for the {grid.NodeCount} nodes of {grid}", nameof(values));
        Grid = grid;
        this.values = values;
        (Flags, PeakNode) = Examine(flags);
    }

    /// <summary>The nodes.</summary>
    public ParameterGrid Grid { get; }

    /// <summary>ln p(x | theta) at every node in nats, last axis fastest; minus infinity where impossible.</summary>
    public ReadOnlySpan<double> LogLikelihood => values;

    /// <summary>What deserves a look.</summary>
    public LikelihoodFlags Flags { get; }

    /// <summary>Number of the node where the log-likelihood is highest.</summary>
    public int PeakNode { get; }

    /// <summary>The highest log-likelihood of a node.</summary>
    public double Peak => values[PeakNode];

    /// <summary>Evaluates a likelihood at every node, in batches.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="x">The observation.</param>
    /// <param name="grid">The nodes; as many axes as the likelihood has parameters.</param>
    /// <param name="progress">Told the fraction done after each batch.</param>
    /// <param name="cancellation">Looked at before each batch.</param>
    /// <exception cref="ArgumentException">Lengths do not match, the observation is not finite, or the likelihood is finite nowhere.</exception>
    public static LikelihoodCube Evaluate(ILikelihood likelihood, ReadOnlySpan<double> x, ParameterGrid grid,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ObservationCheck.Check(likelihood, x, grid.Dimensions);
        var values = new double[grid.NodeCount];
        var theta = new double[Math.Min(BatchSize, values.Length) * grid.Dimensions];
        for (var first = 0; first < values.Length; first += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, values.Length - first);
            var points = theta.AsSpan(0, count * grid.Dimensions);
            grid.ReadNodes(first, points);
            likelihood.Evaluate(x, points, values.AsSpan(first, count));
            progress?.Report((first + count) / (double)values.Length);
        }
        return new LikelihoodCube(grid, values, LikelihoodFlags.None);
    }

    /// <summary>The log-likelihood of independent objects that share their parameters: the sum of their cubes.</summary>
    /// <exception cref="ArgumentException">No cube, or cubes on different grids.</exception>
    public static LikelihoodCube Sum(IReadOnlyCollection<LikelihoodCube> cubes)
    {
        ArgumentNullException.ThrowIfNull(cubes);
        var first = cubes.FirstOrDefault() ?? throw new ArgumentException("no cube to sum: name at least one object", nameof(cubes));
        var sum = new double[first.values.Length];
        var flags = LikelihoodFlags.None;
        foreach (var cube in cubes)
        {
            if (!cube.Grid.Matches(first.Grid)) throw new ArgumentException($"cubes on different grids do not add: {first.Grid} and {cube.Grid}", nameof(cubes));
            for (var i = 0; i < sum.Length; i++) sum[i] += cube.values[i];
            flags |= cube.Flags;
        }
        return new LikelihoodCube(first.Grid, sum, flags & (LikelihoodFlags.UndefinedValues | LikelihoodFlags.Floored));
    }

    /// <summary>The log-likelihood times a number: the likelihood to that power.</summary>
    /// <param name="exponent">The power, above 0.</param>
    public LikelihoodCube ToPower(double exponent)
    {
        if (!(exponent > 0)) throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "the power of a likelihood must be above zero");
        return new LikelihoodCube(Grid, Array.ConvertAll(values, value => exponent * value), Flags & (LikelihoodFlags.UndefinedValues | LikelihoodFlags.Floored));
    }

    /// <summary>
    /// This cube with no value more than <paramref name="depth"/> nats below the peak: in a sum, no single object can
    /// then speak against a parameter by more than that, however certain its network is.
    /// </summary>
    public LikelihoodCube Floored(double depth)
    {
        if (!(depth > 0)) throw new ArgumentOutOfRangeException(nameof(depth), depth, "the depth of the floor must be above zero nats");
        var floor = Peak - depth;
        var raised = Array.ConvertAll(values, value => Math.Max(value, floor));
        return new LikelihoodCube(Grid, raised, Flags | (values.Any(value => value < floor) ? LikelihoodFlags.Floored : LikelihoodFlags.None));
    }

    private (LikelihoodFlags Flags, int Peak) Examine(LikelihoodFlags flags)
    {
        var peak = 0;
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]) || double.IsPositiveInfinity(values[i]))
            {
                flags |= LikelihoodFlags.UndefinedValues;
                values[i] = double.NegativeInfinity;
            }
            if (values[i] > values[peak]) peak = i;
            lowest = Math.Min(lowest, values[i]);
        }
        if (double.IsNegativeInfinity(values[peak])) throw new ArgumentException($"the likelihood is finite at no node of {Grid}: look at the observation and the range of the prior");
        if (values[peak] - lowest < 0.1) flags |= LikelihoodFlags.Uninformative;
        else if (OnEdge(peak)) flags |= LikelihoodFlags.PeakAtEdge;
        return (flags, peak);
    }

    private bool OnEdge(int node)
    {
        for (var axis = 0; axis < Grid.Dimensions; axis++)
        {
            var index = node / Grid.Stride(axis) % Grid.Axes[axis].Count;
            if (index == 0 || index == Grid.Axes[axis].Count - 1) return true;
        }
        return false;
    }
}
