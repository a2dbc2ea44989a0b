using MathNet.Numerics;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>What to know of a simulated field before its spectrum is trusted.</summary>
/// <param name="CapturedVariance">The fraction of sigma^2 that the grid realises.</param>
/// <param name="InjectionScaleFits">Whether l_inj lies between three pixels and the shorter side of the box.</param>
/// <param name="Simulator">Which simulator drew the field: the cube or the projected one.</param>
public readonly record struct FieldDiagnostics(double CapturedVariance, bool InjectionScaleFits, SimulatorKind Simulator)
{
    /// <summary>A field with more negative densities than this is to be flagged: (1 + delta)^2 hides them.</summary>
    public const double TolerableNegativeDensity = 0.01;

    /// <summary>P(delta &lt; -1) of a Gaussian field with this sigma on this grid.</summary>
    public double NegativeDensityProbability(double sigma)
    {
        var rms = sigma * Math.Sqrt(CapturedVariance);
        return rms > 0 ? 0.5 * SpecialFunctions.Erfc(1 / (Math.Sqrt(2) * rms)) : 0;
    }

    /// <summary>Whether a Gaussian field with this sigma has more than 1 % of negative densities.</summary>
    public bool HasNegativeDensities(double sigma) => NegativeDensityProbability(sigma) > TolerableNegativeDensity;
}
