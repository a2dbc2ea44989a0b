using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural likelihood; its score is log q(x | theta).</summary>
internal sealed class TrainedLikelihood(NeuralLikelihood likelihood) : TrainedModel
{
    public override ModelDescription Description => likelihood.Description;

    public override ILikelihood Likelihood => likelihood;

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => likelihood.LogProb(theta, x, logProb);

    public override double[]? Simulate(Seed seed, double[] theta) => likelihood.Sample(seed, theta, 1);

    public override void Save(Stream stream) => likelihood.Save(stream);
}
