namespace ClusterSurvey.Inference.Posteriors;

/// <summary>How finely a posterior is computed on a grid. The defaults of 0 depend on the number of parameters.</summary>
public sealed record GridPosteriorOptions
{
    /// <summary>Nodes along each parameter while the mass is being found; default 129, 33, 25, 15 for one to four parameters.</summary>
    public int SearchNodes { get; init; }

    /// <summary>Nodes along each parameter at which a likelihood is evaluated around the mass; default 257, 65, 41, 21.</summary>
    public int LikelihoodNodes { get; init; }

    /// <summary>Nodes along each parameter of the density, interpolated from those of the likelihood; default 1025, 257, 97, 33.</summary>
    public int DensityNodes { get; init; }

    /// <summary>A likelihood is evaluated on more nodes while interpolation between them is estimated to be off by more nats than this.</summary>
    public double LargestInterpolationError { get; init; } = 0.02;

    /// <summary>But never on more nodes than this in all.</summary>
    public int MostEvaluations { get; init; } = 600_000;

    internal int Search(int dimensions) => Choose(SearchNodes, dimensions, 129, 33, 25, 15);

    internal int Likelihood(int dimensions) => Choose(LikelihoodNodes, dimensions, 257, 65, 41, 21);

    internal int Density(int dimensions) => Choose(DensityNodes, dimensions, 1025, 257, 97, 33);

    private static int Choose(int value, int dimensions, params ReadOnlySpan<int> defaults) => value switch
    {
        0 => defaults[dimensions - 1],
        >= 8 => value,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "a posterior needs at least 8 nodes along each parameter"),
    };
}
