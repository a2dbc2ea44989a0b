namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// Independent objects with different data and shared parameters as one likelihood: ln p(x_1, ..., x_N | theta) is the
/// sum over the objects, and its observation is theirs one after the other.
/// </summary>
public sealed class JointLikelihood : ILikelihood
{
    private readonly ILikelihood[] objects;

    /// <summary>The product of these likelihoods.</summary>
    /// <exception cref="ArgumentException">No object, or different numbers of parameters.</exception>
    public JointLikelihood(IEnumerable<ILikelihood> objects)
    {
        this.objects = [.. objects];
        if (this.objects.Length == 0) throw new ArgumentException("a joint likelihood needs at least one object", nameof(objects));
        ParameterCount = this.objects[0].ParameterCount;
        var other = Array.FindIndex(this.objects, likelihood => likelihood.ParameterCount != ParameterCount);
        if (other >= 0)
        {
            throw new ArgumentException($"object {other} has {this.objects[other].ParameterCount} parameters, object 0 has {ParameterCount}: shared parameters agree", nameof(objects));
        }
        DataCount = this.objects.Sum(likelihood => likelihood.DataCount);
    }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public int DataCount { get; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        if (x.Length != DataCount) throw new ArgumentException($"the observation has {x.Length} values, the {objects.Length} objects together {DataCount}", nameof(x));
        logLikelihood.Clear();
        var one = new double[logLikelihood.Length];
        foreach (var likelihood in objects)
        {
            likelihood.Evaluate(x[..likelihood.DataCount], theta, one);
            x = x[likelihood.DataCount..];
            for (var i = 0; i < one.Length; i++) logLikelihood[i] += one[i];
        }
    }
}
