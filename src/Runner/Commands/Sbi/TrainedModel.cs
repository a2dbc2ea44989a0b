using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A model that sbi fit has written, whatever its method.</summary>
internal abstract class TrainedModel
{
    public abstract ModelDescription Description { get; }

    /// <summary>What score averages: log q(x | theta) or log q(theta | x), pair by pair.</summary>
    public abstract void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb);

    /// <summary>Draws from the posterior of one observation, row by row.</summary>
    /// <param name="sampler">How; null for what suits the model best.</param>
    public abstract double[] Draw(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation);

    /// <summary>The same draws, and what the sampler says of them.</summary>
    public virtual (double[] Draws, object About) Sample(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation) =>
        (Draw(seed, x, count, sampler, cancellation), new { sampler = TrainedPosterior.Direct, draws = count });

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
            return method == NeuralPosterior.Method ? new TrainedPosterior(NeuralPosterior.Load(stream)) : new TrainedLikelihood(NeuralLikelihood.Load(stream));
        }
        catch (ModelFileException wrong)
        {
            throw new BadInputException(path, wrong.Message, "a model that sbi fit has written", "name another file, or fit the model again", wrong);
        }
    }
}
