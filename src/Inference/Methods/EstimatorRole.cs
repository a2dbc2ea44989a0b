using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;

namespace ClusterSurvey.Inference.Methods;

/// <summary>What the networks of a method are: which quantity is under which condition, and how a network begins.</summary>
/// <param name="Conditions">Name of the conditions in an error.</param>
/// <param name="Variables">Name of the variables in an error.</param>
/// <param name="IsDensity">Whether the networks are densities of the variables.</param>
/// <param name="Begin">A network with fresh weights, for so many variables and conditions.</param>
internal sealed record EstimatorRole(string Conditions, string Variables, bool IsDensity, Func<Seed, FlowArchitecture, int, int, ConditionalNetwork> Begin)
{
    /// <summary>A flow of x under theta.</summary>
    public static EstimatorRole Likelihood { get; } = new("theta", "x", true, (seed, architecture, variables, conditions) => new MaskedAutoregressiveFlow(seed, architecture, variables, conditions));

    /// <summary>A flow of theta under x.</summary>
    public static EstimatorRole Posterior { get; } = Likelihood with { Conditions = "x", Variables = "theta" };

    /// <summary>A classifier of theta and x.</summary>
    public static EstimatorRole Ratio { get; } = new("theta", "x", false, (seed, architecture, variables, conditions) => new RatioNetwork(seed, architecture, variables, conditions));
}
