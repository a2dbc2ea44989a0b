using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural posterior; its score is log q(theta | x). It is sampled directly, unless another way is asked for.</summary>
internal sealed class TrainedPosterior(NeuralPosterior posterior) : TrainedModel
{
    public override ModelDescription Description => posterior.Description;

    public override ILikelihood Likelihood => new PosteriorOverPrior(posterior, Prior);

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => posterior.LogProb(theta, x, logProb);

    public override (double[] Draws, object About) Sample(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return sampler is null or Direct ? (posterior.Sample(seed, x, count), new { sampler = Direct, draws = count }) : base.Sample(seed, x, count, sampler, cancellation);
    }

    public override void Save(Stream stream) => posterior.Save(stream);
}
