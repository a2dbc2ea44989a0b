namespace ClusterSurvey.Inference.Samplers;

/// <summary>Dual averaging of the logarithm of a step size (Hoffman and Gelman 2014, section 3.2.1, with the constants given there).</summary>
internal sealed class StepSizeAdaptation(double first, double targetAcceptance)
{
    private const double Gamma = 0.05, Delay = 10, Kappa = 0.75;

    private readonly double centre = Math.Log(10 * first);
    private double error, averaged;
    private int steps;

    /// <summary>The step size to try next.</summary>
    public double Current { get; private set; } = first;

    /// <summary>The step size to keep when adaptation ends.</summary>
    public double Averaged => Math.Exp(averaged);

    /// <summary>Learns from the mean acceptance of a trajectory.</summary>
    public void Learn(double acceptance)
    {
        steps++;
        error += (targetAcceptance - acceptance - error) / (steps + Delay);
        var logStep = centre - Math.Sqrt(steps) / Gamma * error;
        averaged += Math.Pow(steps, -Kappa) * (logStep - averaged);
        Current = Math.Exp(logStep);
    }
}
