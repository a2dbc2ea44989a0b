using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural posterior: it is sampled directly.</summary>
internal sealed class TrainedPosterior(NeuralPosterior posterior) : TrainedModel
{
    public const string Direct = "direct";

    public override ModelDescription Description => posterior.Description;

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => posterior.LogProb(theta, x, logProb);

    public override double[] Draw(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return sampler is null or Direct ? posterior.Sample(seed, x, count)
            : throw new BadInputException("--sampler", sampler, $"{Direct}, the model is a posterior ({NeuralPosterior.Method})",
                $"leave the option out, or take --sampler {Direct}");
    }

    public override void Save(Stream stream) => posterior.Save(stream);
}
