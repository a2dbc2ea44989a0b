using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.ModelFiles;

/// <summary>The JSON part of a model file.</summary>
internal sealed record ModelHeader
{
    public required string LibraryVersion { get; init; }

    public required string Method { get; init; }

    public required FlowArchitecture Architecture { get; init; }

    public required string[] ParameterNames { get; init; }

    public required int DataCount { get; init; }

    public string? Prior { get; init; }

    /// <summary>The prior's bounds, of a posterior.</summary>
    public BoundsHeader? Bounds { get; init; }

    public required int PairCount { get; init; }

    public required string PairsSha256 { get; init; }

    public required NetworkHeader[] Networks { get; init; }

    /// <summary>The tensors in the order in which their numbers follow.</summary>
    public required TensorHeader[] Tensors { get; init; }
}

/// <summary>One network of the ensemble.</summary>
internal sealed record NetworkHeader
{
    public required double Weight { get; init; }

    public required int[][] Orders { get; init; }

    public required ScaleHeader Conditions { get; init; }

    public required ScaleHeader Variables { get; init; }

    /// <summary>The linear trend taken off the variables; null for none.</summary>
    public TrendHeader? Trend { get; init; }

    public required TrainingHistory History { get; init; }
}

/// <summary>A standardisation.</summary>
internal sealed record ScaleHeader(double[] Centre, double[] Scale);

/// <summary>A linear trend: offsets, slopes (variables x conditions) and the lower triangle L (variables x variables), row by row.</summary>
internal sealed record TrendHeader(double[] Offsets, double[] Slopes, double[] Lower);

/// <summary>The name and shape of a float32 tensor.</summary>
internal sealed record TensorHeader(string Name, int[] Shape);

/// <summary>The bounds of a prior; without bounds, "-Infinity" and "Infinity".</summary>
internal sealed record BoundsHeader(double[] Low, double[] High);
