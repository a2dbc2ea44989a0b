using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>How an ensemble of density networks is made, whatever the method.</summary>
public sealed record EnsembleOptions
{
    /// <summary>The flow of each network; a classifier has its hidden layers.</summary>
    public FlowArchitecture Architecture { get; init; } = new();

    /// <summary>How each network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Networks of the ensemble, 1 to 100: each has its own split of the pairs and its own first weights.</summary>
    public int Networks { get; init; } = 3;

    /// <summary>Names of the parameters, for the model file; null names them theta1, theta2, ...</summary>
    public IReadOnlyList<string>? ParameterNames { get; init; }

    /// <summary>The prior from which the parameters came, as the caller's JSON; kept in the model file, never read here.</summary>
    public string? Prior { get; init; }

    /// <summary>Where the training keeps its state, to go on from there when it was interrupted; null trains without.</summary>
    public ITrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Architecture);
        ArgumentNullException.ThrowIfNull(Training);
        Architecture.Validate();
        Training.Validate();
        if (Networks is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(Networks), Networks, $"an ensemble of {Networks} networks: it has 1 to 100");
    }

    internal IReadOnlyList<string> NamesFor(int parameterCount)
    {
        if (ParameterNames is null) return [.. Enumerable.Range(1, parameterCount).Select(i => $"theta{i}")];
        if (ParameterNames.Count != parameterCount)
            throw new ArgumentException($"{ParameterNames.Count} parameter names for {parameterCount} parameters: {string.Join(", ", ParameterNames)}", nameof(parameterCount));
        return [.. ParameterNames];
    }
}
