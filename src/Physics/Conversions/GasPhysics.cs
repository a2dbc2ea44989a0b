namespace ClusterSurvey.Physics.Conversions;

/// <summary>Constants of the hot, fully ionised gas.</summary>
public static class GasPhysics
{
    /// <summary>Adiabatic index gamma of a monatomic gas.</summary>
    public const double AdiabaticIndex = 5.0 / 3;

    /// <summary>Mean mass per particle in proton masses.</summary>
    public const double MeanParticleMass = 0.6;

    private const double ProtonMassKg = 1.67262192369e-27;
    private const double JoulePerKeV = 1.602176634e-16;

    /// <summary>Sound speed sqrt(gamma kT / (mu m_p)) in km/s.</summary>
    /// <param name="temperatureKeV">kT in keV.</param>
    /// <param name="meanParticleMass">mu; 0.6 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature below 0.</exception>
    public static double SoundSpeedKmS(double temperatureKeV, double meanParticleMass = MeanParticleMass)
    {
        if (!(temperatureKeV >= 0)) throw new ArgumentOutOfRangeException(nameof(temperatureKeV), temperatureKeV, "a temperature in keV is not negative");
        return Math.Sqrt(AdiabaticIndex * temperatureKeV * JoulePerKeV / (meanParticleMass * ProtonMassKg)) / 1000;
    }
}
