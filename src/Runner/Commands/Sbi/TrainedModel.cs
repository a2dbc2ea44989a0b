using System.Text;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A model that sbi fit has written, whatever its method. Its posterior is tabulated or walked through, under the prior that it keeps.</summary>
internal abstract class TrainedModel
{
    public const string Direct = "direct";

    private Prior? prior;

    public abstract ModelDescription Description { get; }

    /// <summary>What grids and chains take as the likelihood.</summary>
    public abstract ILikelihood Likelihood { get; }

    /// <summary>The prior of the pairs it was fitted to.</summary>
    public Prior Prior => prior ??= Prior.Read(Encoding.UTF8.GetBytes(Description.Prior
        ?? throw new BadInputException("--model", "a model without a prior", "a model that was fitted with --prior", "fit it again")));

    /// <summary>What score averages: log q(x | theta), or the log density of theta in the posterior of x, pair by pair.</summary>
    public abstract void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb);

    /// <summary>Draws from the posterior of one observation, row by row.</summary>
    /// <param name="sampler">How; null for what suits the model best.</param>
    public double[] Draw(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation) => Sample(seed, x, count, sampler, cancellation).Draws;

    /// <summary>The same draws, and what the sampler says of them.</summary>
    public virtual (double[] Draws, object About) Sample(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation)
        => PosteriorDraws.Sample(seed, Prior, Likelihood, x, count, Description.Method, sampler, cancellation);

    /// <summary>Data that the model simulates at one parameter, for predictive checks; null when it cannot.</summary>
    public virtual double[]? Simulate(Seed seed, double[] theta) => null;

    public abstract void Save(Stream stream);

    /// <exception cref="BadInputException">No such file, or not a model.</exception>
    public static TrainedModel Load(string path)
    {
        using var stream = InputFiles.Open(path);
        try
        {
            var method = ModelDescription.Read(stream).Method;
            stream.Position = 0;
            return method switch
            {
                NeuralPosterior.Method => new TrainedPosterior(NeuralPosterior.Load(stream)),
                NeuralRatio.Method => new TrainedRatio(NeuralRatio.Load(stream)),
                _ => new TrainedLikelihood(NeuralLikelihood.Load(stream)),
            };
        }
        catch (ModelFileException wrong)
        {
            throw new BadInputException(path, wrong.Message, "a model that sbi fit has written", "name another file, or fit the model again", wrong);
        }
    }
}
