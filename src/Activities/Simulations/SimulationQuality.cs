using System.Globalization;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>What a set of simulations showed beside its spectra.</summary>
/// <param name="CapturedVariance">Mean fraction of sigma^2 that the grid realises.</param>
/// <param name="NegativeDensities">Share of simulations in which more than 1 % of the volume has a negative density.</param>
/// <param name="InjectionScaleUnfit">Share of simulations whose injection scale the grid cannot carry.</param>
/// <param name="Projected">Share of simulations whose field the projected simulator drew; the cube drew the others.</param>
/// <param name="BoxR500">Shorter side of the box across the sky, R500.</param>
/// <param name="Psf">The point spread function in words.</param>
/// <param name="PsfWidthR500">Its half-energy width, R500; 0 when there is none.</param>
public sealed record SimulationQuality(
    double CapturedVariance, double NegativeDensities, double InjectionScaleUnfit, double Projected, double BoxR500 = 0, string Psf = "none", double PsfWidthR500 = 0)
{
    /// <summary>Scales below this many half-energy widths have lost much of their power to the telescope.</summary>
    public const double BlurredWidths = 3;

    /// <summary>How much of sigma^2 the box holds, as a sentence.</summary>
    public string CapturedInWords => string.Create(CultureInfo.InvariantCulture,
        $"The cells of the box realise {CapturedVariance:0.00} of sigma^2 on average over the simulations; sigma counts all scales, and no field is scaled to it.");

    /// <summary>What is odd and to be known before the simulations are trusted: a title and a sentence each; nothing of it is an error.</summary>
    /// <param name="scalesR500">The scales of the spectra.</param>
    public IEnumerable<(string Title, string Text)> Notes(IEnumerable<double> scalesR500)
    {
        ArgumentNullException.ThrowIfNull(scalesR500);
        if (NegativeDensities > 0)
            yield return ("negative densities",
                $"In {Share(NegativeDensities)} of the simulations more than 1 % of the volume has a negative density, which (1 + delta)^2 hides.");
        if (InjectionScaleUnfit > 0)
            yield return ("injection scales beyond the box",
                $"In {Share(InjectionScaleUnfit)} of the simulations the injection scale is below three pixels or above the side of the box.");
        if (Projected is > 0 and < 1)
            yield return ("two simulators",
                $"{Share(Projected)} of the simulations were drawn in projection, the others, where that was not shown to agree, as a three-dimensional cube.");
        if (BoxR500 < new CubeSettings().SmallestBoxR500 - 1e-9)
            yield return ("narrow box",
                string.Create(CultureInfo.InvariantCulture, $"The box is {BoxR500:0.##} R500 wide; "
                + $"below {new CubeSettings().SmallestBoxR500} R500 its period ties opposite edges of the cluster together."));
        var blurred = scalesR500.Where(scale => scale < BlurredWidths * PsfWidthR500).ToArray();
        if (blurred.Length > 0)
            yield return ("scales within the point spread function", string.Create(CultureInfo.InvariantCulture,
                $"{blurred.Length} scales, up to {blurred.Max():0.###} R500, are below {BlurredWidths} half-energy widths "
                + $"of the telescope ({PsfWidthR500:0.###} R500 each): what they say hangs on its point spread function."));
    }

    private static string Share(double part) => part.ToString("P0", CultureInfo.InvariantCulture);
}

/// <summary>Sums over simulated fields, which add up over the parts of a set.</summary>
/// <param name="Fields">Fields.</param>
/// <param name="Rows">Simulations.</param>
/// <param name="CapturedVariance">Sum over fields of the fraction of sigma^2 that the grid realises.</param>
/// <param name="NegativeDensities">Simulations with more than 1 % of negative densities.</param>
/// <param name="InjectionScaleUnfit">Fields whose injection scale the grid cannot carry.</param>
/// <param name="Projected">Simulations whose field was drawn in projection.</param>
public readonly record struct SimulationTally(int Fields, int Rows, double CapturedVariance, int NegativeDensities, int InjectionScaleUnfit, int Projected)
{
    /// <summary>The sums of both.</summary>
    public static SimulationTally operator +(SimulationTally a, SimulationTally b) => new(a.Fields + b.Fields, a.Rows + b.Rows, a.CapturedVariance + b.CapturedVariance,
        a.NegativeDensities + b.NegativeDensities, a.InjectionScaleUnfit + b.InjectionScaleUnfit, a.Projected + b.Projected);

    /// <summary>What the sums say of a set.</summary>
    public SimulationQuality Quality(ISpectrumSimulator simulator)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        return new SimulationQuality(CapturedVariance / Fields, (double)NegativeDensities / Rows, (double)InjectionScaleUnfit / Fields, (double)Projected / Rows,
            simulator.Grid.ShortestSide, simulator.PsfInWords, simulator.PsfWidthR500);
    }
}
