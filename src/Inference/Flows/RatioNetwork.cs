using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Flows;

/// <summary>A classifier whose one output is log r = log p(x, theta) / (p(x) p(theta)): the hidden layers of a flow's transform, without masks.</summary>
internal sealed unsafe class RatioNetwork : ConditionalNetwork
{
    /// <summary>A network with fresh weights.</summary>
    public RatioNetwork(Seed seed, FlowArchitecture architecture, int variables, int conditions) : this(FlowLayout.Classifier(architecture, variables, conditions))
        => FlowWeights.Draw(seed.Derive("weights"), Layout, Parameters);

    /// <summary>A network with zero weights.</summary>
    public RatioNetwork(FlowLayout layout) : base(layout)
    {
    }

    /// <inheritdoc/>
    public override IDensityNetwork Objective => new ContrastiveObjective(this);

    /// <inheritdoc/>
    public override bool IsDensity => false;

    private protected override void Compute(float* parameters, FlowWorkspace work) => FlowPass.Classify(Layout, parameters, work);

    private protected override double Value(FlowWorkspace work, int column) => work.Outputs(0)[column];
}
