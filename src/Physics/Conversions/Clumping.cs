namespace ClusterSurvey.Physics.Conversions;

/// <summary>Clumping factor of the gas, C = mean(n^2) / mean(n)^2.</summary>
/// <param name="Value">C, 1 or more; densities from X-rays are too high by sqrt(C).</param>
public readonly record struct Clumping(double Value)
{
    /// <summary>sqrt(C), the factor by which a density from an emission measure is too high.</summary>
    public double DensityBias => Math.Sqrt(Value);

    /// <summary>C = 1 + sigma^2 of density fluctuations delta = n/n0 - 1 with rms sigma and mean 0.</summary>
    public static Clumping FromDensityFluctuation(double sigma) => new(1 + sigma * sigma);
}
