using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural ratio; its score is log r + log prior, the log density of theta in the posterior, as that of a neural posterior.</summary>
internal sealed class TrainedRatio(NeuralRatio ratio) : TrainedModel
{
    public override ModelDescription Description => ratio.Description;

    public override ILikelihood Likelihood => ratio;

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb)
    {
        ratio.LogRatio(theta, x, logProb);
        var logPrior = new double[logProb.Length];
        Prior.LogDensity(theta, logPrior);
        for (var i = 0; i < logProb.Length; i++) logProb[i] += logPrior[i];
    }

    public override void Save(Stream stream) => ratio.Save(stream);
}
