namespace ClusterSurvey.Physics.MeanModel;

/// <summary>How well the mean model describes the counts.</summary>
/// <param name="CStatistic">Cash statistic 2 sum (mu - C + C ln(C / mu)) over the valid pixels.</param>
/// <param name="Expected">Its expectation under the fitted model, less the fitted parameters (Kaastra 2017; here summed exactly).</param>
/// <param name="StandardDeviation">Its standard deviation under the fitted model.</param>
/// <param name="DegreesOfFreedom">Valid pixels less the fitted parameters.</param>
public sealed record MeanModelGoodness(double CStatistic, double Expected, double StandardDeviation, int DegreesOfFreedom)
{
    /// <summary>C-statistic over degrees of freedom; at few counts per pixel it is not 1 even for the true model.</summary>
    public double PerDegreeOfFreedom => CStatistic / DegreesOfFreedom;

    /// <summary>Standard deviations by which the C-statistic exceeds its expectation.</summary>
    public double Excess => (CStatistic - Expected) / StandardDeviation;
}
