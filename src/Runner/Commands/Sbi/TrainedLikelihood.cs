using System.Text;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural likelihood: its posterior, under the prior that the model keeps, is tabulated or walked through.</summary>
internal sealed class TrainedLikelihood(NeuralLikelihood likelihood) : TrainedModel
{
    public const string Grid = "grid", Ensemble = "ensemble";

    private Prior? prior;

    public override ModelDescription Description => likelihood.Description;

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => likelihood.LogProb(theta, x, logProb);

    public override double[] Draw(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation)
    {
        prior ??= Prior.Read(Encoding.UTF8.GetBytes(Description.Prior
            ?? throw new BadInputException("--model", "a model without a prior", "a model that was fitted with --prior", "fit it again")));
        return (sampler ?? (prior.Count <= ParameterGrid.MaximumDimensions ? Grid : Ensemble)) switch
        {
            Ensemble => EnsembleSampler.Sample(seed.Derive("chain"), prior, likelihood, x, cancellation: cancellation).Draw(seed.Derive("draws"), count),
            Grid when prior.Count <= ParameterGrid.MaximumDimensions
                => GridPosterior.Compute(prior, likelihood, x, cancellation: cancellation).Sample(seed, count),
            Grid => throw new BadInputException("--sampler", Grid,
                $"up to {ParameterGrid.MaximumDimensions} parameters, the model has {prior.Count}", $"take --sampler {Ensemble}"),
            var other => throw new BadInputException("--sampler", other,
                $"{Grid} or {Ensemble}, the model is a likelihood ({NeuralLikelihood.Method})", "leave the option out"),
        };
    }

    public override void Save(Stream stream) => likelihood.Save(stream);
}
