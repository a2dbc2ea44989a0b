using MathNet.Numerics.Distributions;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// Takes bounded parameters to the whole line, so that a density over z puts nothing outside the bounds: between two bounds by z = inverse normal
/// distribution function of (theta - low) / (high - low), which makes a uniform prior a standard normal one; beyond one bound by the logarithm of the
/// distance from it. Parameters without bounds stay.
/// </summary>
internal sealed class NormalScores(ParameterBounds bounds)
{
    // Single-precision parameters may lie on a bound: the score ends at plus or minus 7.
    private const double Edge = 1.3e-12;

    // A parameter outside by more than this part of the interval is not a rounding error.
    private const double Rounding = 1e-6;

    /// <summary>The score of one parameter; NaN outside the bounds.</summary>
    public double Score(double theta, int parameter)
    {
        var (low, high) = (bounds.Low[parameter], bounds.High[parameter]);
        if (double.IsInfinity(low) && double.IsInfinity(high)) return theta;
        if (double.IsInfinity(high)) return theta > low ? Math.Log(theta - low) : double.NaN;
        if (double.IsInfinity(low)) return theta < high ? -Math.Log(high - theta) : double.NaN;
        var u = (theta - low) / (high - low);
        if (!(u >= -Rounding && u <= 1 + Rounding)) return double.NaN;
        return Normal.InvCDF(0, 1, Math.Clamp(u, Edge, 1 - Edge));
    }

    /// <summary>The parameter of one score.</summary>
    public double Parameter(double score, int parameter)
    {
        var (low, high) = (bounds.Low[parameter], bounds.High[parameter]);
        return (double.IsFinite(low), double.IsFinite(high)) switch
        {
            (false, false) => score,
            (true, false) => low + Math.Exp(score),
            (false, true) => high - Math.Exp(-score),
            _ => Math.Clamp(low + (high - low) * Normal.CDF(0, 1, score), low, high),
        };
    }

    /// <summary>log |dz / dtheta| at a score: what a log density of scores gains to become one of parameters.</summary>
    public double LogSlope(double score, int parameter)
    {
        var (low, high) = (bounds.Low[parameter], bounds.High[parameter]);
        return (double.IsFinite(low), double.IsFinite(high)) switch
        {
            (false, false) => 0,
            (true, false) => -score,
            (false, true) => score,
            _ => 0.5 * (score * score + Math.Log(2 * Math.PI)) - Math.Log(high - low),
        };
    }
}
