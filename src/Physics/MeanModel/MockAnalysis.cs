using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Simulations that undergo all that data undergo: to the counts of each the mean model is fitted from nothing, its regions are drawn about the fit, and its noise spectrum is that of
/// the fit. The simulations of <see cref="ClusterSimulator"/> do without: their model, regions and noise stay. The counts of both are the same, so that what that
/// shortcut costs can be seen. Safe for concurrent use.
/// </summary>
/// <param name="nature">Draws the counts, and says how they are measured; disposed of with this.</param>
/// <param name="maps">The maps of the cluster; their counts are not used.</param>
/// <param name="fit">How the mean model is fitted.</param>
/// <param name="regionsOf">Regions and scales about an image of elliptical radii in R500.</param>
public sealed class MockAnalysis(ClusterSimulator nature, MapSet maps, MeanModelFit fit, Func<double[], SpectrumDesign> regionsOf) : ISpectrumSimulator
{
    /// <inheritdoc/>
    public SpectrumDesign Design => nature.Design;

    /// <inheritdoc/>
    public CubeGrid Grid => nature.Grid;

    /// <inheritdoc/>
    public string FieldsInWords => $"{nature.FieldsInWords}; the mean model fitted to each";

    /// <inheritdoc/>
    public string PsfInWords => nature.PsfInWords;

    /// <inheritdoc/>
    public double PsfWidthR500 => nature.PsfWidthR500;

    /// <summary>None: filters and noise spectra are those of each simulation.</summary>
    public int PartCount => 0;

    /// <inheritdoc/>
    public void Prepare(int part) => throw new ArgumentOutOfRangeException(nameof(part), part, "nothing is shared by these simulations");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A mean model cannot be fitted to the counts.</exception>
    public FieldDiagnostics Simulate(long fieldIndex, double log10InjectionScale, double slope, ReadOnlySpan<double> log10Sigmas, Span<double> s)
    {
        if (s.Length != log10Sigmas.Length * Design.Length)
            throw new ArgumentException($"room for {s.Length} numbers, {log10Sigmas.Length} sigmas need {log10Sigmas.Length * Design.Length}", nameof(s));
        var counts = new double[log10Sigmas.Length * maps.PixelCount];
        var diagnostics = nature.SimulateCounts(fieldIndex, log10InjectionScale, slope, log10Sigmas, counts);
        for (var i = 0; i < log10Sigmas.Length; i++)
            Analyse(fieldIndex, maps with { Counts = counts[(i * maps.PixelCount)..((i + 1) * maps.PixelCount)] }).CopyTo(s[(i * Design.Length)..]);
        return diagnostics;
    }

    /// <inheritdoc/>
    public void Dispose() => nature.Dispose();

    private double[] Analyse(long fieldIndex, MapSet observed)
    {
        var (model, best) = fit.FindBest(observed);
        var emission = model.Emission(best);
        var measuring = nature.Options with { EllipticalAngle = model.EllipticalAngle(best) };
        using var analysis = new ClusterSimulator(nature.FieldSeed(fieldIndex), FieldGeometry.Of(observed), regionsOf(emission.EllipticalRadius), emission, _ => emission, measuring);
        return analysis.MeasureObserved(observed.Counts).S;
    }
}
