using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// A regular grid over one to four parameters. Nodes are numbered with the last axis fastest (C order), so that
/// an array over the grid reads [axis 0, axis 1, axis 2].
/// </summary>
public sealed class ParameterGrid
{
    /// <summary>The largest number of parameters a grid can have.</summary>
    public const int MaximumDimensions = 4;

    private readonly GridAxis[] axes;

    /// <summary>The product of these axes.</summary>
    /// <exception cref="ArgumentException">No axis or more than four, or more nodes than an array holds.</exception>
    public ParameterGrid(IEnumerable<GridAxis> axes)
    {
        this.axes = [.. axes];
        if (this.axes.Length is 0 or > MaximumDimensions)
        {
            throw new ArgumentException($"a grid of {this.axes.Length} axes: grids serve 1 to {MaximumDimensions} parameters, use a sampler for more", nameof(axes));
        }
        var nodes = 1L;
        foreach (var axis in this.axes) nodes = Math.Min(nodes * axis.Count, int.MaxValue);
        if (nodes >= 1 << 28) throw new ArgumentException($"a grid of {string.Join(" x ", this.axes.Select(a => a.Count))} nodes is too large: take fewer", nameof(axes));
        NodeCount = (int)nodes;
    }

    /// <summary>The grid over the range of a prior: its bounds, or where an open tail holds 1e-6 of the probability.</summary>
    /// <param name="prior">The prior, of at most four parameters.</param>
    /// <param name="nodesPerAxis">Nodes along each parameter; 0 takes 256, 64, 40 or 20 for one to four parameters.</param>
    public static ParameterGrid Over(Prior prior, int nodesPerAxis = 0)
    {
        ArgumentNullException.ThrowIfNull(prior);
        var count = nodesPerAxis > 0 ? nodesPerAxis : DefaultNodes(prior.Count);
        return new(prior.Parameters.Select(p => new GridAxis(p.Name, p.Distribution.EffectiveLow, p.Distribution.EffectiveHigh, count)));
    }

    /// <summary>The flat prior over the range of the grid: the converse of <see cref="Over"/>.</summary>
    public Prior ToFlatPrior() => new(axes.Select(axis => new PriorParameter(axis.Name, new UniformDistribution(axis.Low, axis.High))));

    /// <summary>The axes in the order of the parameters.</summary>
    public IReadOnlyList<GridAxis> Axes => axes;

    /// <summary>Number of parameters.</summary>
    public int Dimensions => axes.Length;

    /// <summary>Number of nodes of all axes together.</summary>
    public int NodeCount { get; }

    /// <summary>Volume of one cell in the units of the parameters.</summary>
    public double CellVolume => axes.Aggregate(1.0, (volume, axis) => volume * axis.Step);

    /// <summary>Distance in node numbers between neighbours along an axis.</summary>
    public int Stride(int axis)
    {
        var stride = 1;
        for (var i = axes.Length - 1; i > axis; i--) stride *= axes[i].Count;
        return stride;
    }

    /// <summary>The positions of consecutive nodes.</summary>
    /// <param name="first">Number of the first node.</param>
    /// <param name="theta">Receives points row by row, its length a multiple of <see cref="Dimensions"/>.</param>
    public void ReadNodes(int first, Span<double> theta)
    {
        var count = theta.Length / axes.Length;
        for (var i = 0; i < count; i++)
        {
            var rest = first + i;
            for (var axis = axes.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, axes[axis].Count);
                theta[i * axes.Length + axis] = axes[axis].Node(index);
            }
        }
    }

    /// <summary>Whether the other grid has the same axes, bit by bit.</summary>
    public bool Matches(ParameterGrid other) => other is not null && axes.AsSpan().SequenceEqual(other.axes);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" x ", axes.Select(axis => $"{axis.Name}[{axis.Low}..{axis.High}, {axis.Count}]"));

    internal static int DefaultNodes(int dimensions) => dimensions switch { 1 => 256, 2 => 64, 3 => 40, _ => 20 };
}
