using ClusterSurvey.Inference.ModelFiles;

namespace ClusterSurvey.Inference.Methods;

/// <summary>What a learnt function of data and parameters that stands for a likelihood has in common, whether it is a density of the data or a ratio of densities.</summary>
public abstract class LearntLikelihood : ILikelihood
{
    private protected LearntLikelihood(DensityEnsemble ensemble, ModelDescription description) => (Ensemble, Description) = (ensemble, description);

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <inheritdoc/>
    public int ParameterCount => Description.ParameterNames.Count;

    /// <inheritdoc/>
    public int DataCount => Description.DataCount;

    private protected DensityEnsemble Ensemble { get; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        RowLength.Require(x.Length, DataCount, nameof(x));
        RowLength.Require(theta.Length, logLikelihood.Length * ParameterCount, nameof(theta));
        Ensemble.LogProb(theta, x, one: true, logLikelihood);
    }

    /// <summary>Writes the model, to be loaded by the method that made it.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(stream, Description, Ensemble);
    }

    /// <summary>The function of pairs: row i of x with row i of theta.</summary>
    private protected void EvaluatePairs(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> values)
    {
        RowLength.Require(theta.Length, values.Length * ParameterCount, nameof(theta));
        RowLength.Require(x.Length, values.Length * DataCount, nameof(x));
        Ensemble.LogProb(theta, x, one: false, values);
    }
}
