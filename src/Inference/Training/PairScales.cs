namespace ClusterSurvey.Inference.Training;

/// <summary>How a network sees pairs: both parts standardised, and of the variables what a linear trend leaves.</summary>
/// <param name="Conditions">Standardisation of the conditions.</param>
/// <param name="Variables">Standardisation of the variables.</param>
/// <param name="Trend">What is taken off the standardised variables; null for nothing.</param>
internal sealed record PairScales(Standardization Conditions, Standardization Variables, LinearTrend? Trend)
{
    /// <summary>Log density of the variables in their own units = log density that the network sees minus this.</summary>
    public double LogScaleSum => Variables.LogScaleSum + (Trend?.LogScaleSum ?? 0);

    /// <summary>Measures training rows, which are standardised in place.</summary>
    public static PairScales Measure(float[] conditions, float[] variables, int conditionCount, int variableCount, (string Conditions, string Variables) names, bool withTrend)
    {
        var forConditions = Standardization.Measure(conditions, conditionCount, names.Conditions);
        var forVariables = Standardization.Measure(variables, variableCount, names.Variables);
        forConditions.Apply(conditions);
        forVariables.Apply(variables);
        return new PairScales(forConditions, forVariables, withTrend ? LinearTrend.Fit(conditions, conditionCount, variables, variableCount) : null);
    }
}
