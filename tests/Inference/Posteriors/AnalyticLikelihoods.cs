namespace ClusterSurvey.Inference.Tests.Posteriors;

/// <summary>x = theta + noise, normal with a covariance given by standard deviations and one correlation between the first two.</summary>
internal sealed class GaussianLikelihood(double[] deviations, double correlation = 0) : ILikelihood
{
    public int ParameterCount => deviations.Length;

    public int DataCount => deviations.Length;

    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        var d = deviations.Length;
        var remainder = Math.Sqrt(1 - correlation * correlation);
        for (var i = 0; i < logLikelihood.Length; i++)
        {
            double sum = 0, first = 0;
            for (var j = 0; j < d; j++)
            {
                var z = (x[j] - theta[i * d + j]) / deviations[j];
                if (j == 0) first = z;
                var independent = j == 1 ? (z - correlation * first) / remainder : z;
                sum -= 0.5 * independent * independent + Math.Log(deviations[j] * (j == 1 ? remainder : 1)) + 0.5 * Math.Log(2 * Math.PI);
            }
            logLikelihood[i] = sum;
        }
    }
}

/// <summary>A likelihood given by any function of theta; the observation is ignored.</summary>
internal sealed class FunctionLikelihood(int parameters, Func<double[], double> logLikelihood) : ILikelihood
{
    public int ParameterCount => parameters;

    public int DataCount => 1;

    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = logLikelihood(theta.Slice(i * parameters, parameters).ToArray());
    }
}

/// <summary>Counts the points at which a likelihood is evaluated.</summary>
internal sealed class CountedLikelihood(ILikelihood likelihood) : ILikelihood
{
    public long Evaluations { get; private set; }

    public int ParameterCount => likelihood.ParameterCount;

    public int DataCount => likelihood.DataCount;

    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        Evaluations += logLikelihood.Length;
        likelihood.Evaluate(x, theta, logLikelihood);
    }
}
