namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Whether an observation fits a likelihood.</summary>
internal static class ObservationCheck
{
    public static void Check(ILikelihood likelihood, ReadOnlySpan<double> x, int parameterCount)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        if (likelihood.ParameterCount != parameterCount)
        {
            throw new ArgumentException($"the likelihood has {likelihood.ParameterCount} parameters, the prior or grid {parameterCount}: they must agree", nameof(likelihood));
        }
        if (x.Length != likelihood.DataCount) throw new ArgumentException($"the observation has {x.Length} values, the likelihood expects {likelihood.DataCount}", nameof(x));
        RequireFinite(x);
    }

    public static void RequireFinite(ReadOnlySpan<double> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i])) throw new ArgumentException($"value {i} of the observation is {x[i]}: it must be finite", nameof(x));
        }
    }
}
