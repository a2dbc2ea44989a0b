using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// From the parameters of turbulence to the S vectors of one cluster: what its spectra would be. Field i depends on the seed and i alone. Safe for concurrent use: the caller chooses
/// the threads.
/// </summary>
public interface ISpectrumSimulator : IDisposable
{
    /// <summary>Regions and scales.</summary>
    SpectrumDesign Design { get; }

    /// <summary>The box of the fields.</summary>
    CubeGrid Grid { get; }

    /// <summary>What draws the fields, in words.</summary>
    string FieldsInWords { get; }

    /// <summary>The point spread function in words.</summary>
    string PsfInWords { get; }

    /// <summary>The half-energy width of the point spread function, R500; 0 when there is none.</summary>
    double PsfWidthR500 { get; }

    /// <summary>What all simulations wait for falls into so many parts, which can be prepared at once.</summary>
    int PartCount { get; }

    /// <summary>Prepares one part: the filter of a region, and its expected null. What is not prepared is when it is first needed.</summary>
    /// <param name="part">Which, from 0.</param>
    void Prepare(int part);

    /// <summary>S vectors of one field at several sigmas; Poisson noise is drawn afresh for each.</summary>
    /// <param name="fieldIndex">Which field of the set, 0 or more.</param>
    /// <param name="log10InjectionScale">log10 of l_inj in R500.</param>
    /// <param name="slope">alpha.</param>
    /// <param name="log10Sigmas">log10 of each sigma; at most about four, since they share the field.</param>
    /// <param name="s">Receives [sigma, region, scale] row by row.</param>
    FieldDiagnostics Simulate(long fieldIndex, double log10InjectionScale, double slope, ReadOnlySpan<double> log10Sigmas, Span<double> s);
}
