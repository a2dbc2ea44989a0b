using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Where the projected simulator was shown to agree with the cube (docs/adr/0009): all parameters of the survey's prior and of the margin beyond its ends from which networks learn, on boxes whose cells resolve the
/// scales that modulate each other; strong fluctuations only where the cells resolve the injection scale, since the square of a field that they do not resolve is the
/// cube's own artefact. <see cref="SimulatorKind.Auto"/> takes the cube everywhere else.
/// </summary>
public static class ProjectedRange
{
    /// <summary>Largest sigma.</summary>
    public const double LargestSigma = 1.45;

    /// <summary>Smallest and largest l_inj, R500.</summary>
    public const double SmallestInjectionScale = 0.035, LargestInjectionScale = 4.5;

    /// <summary>Smallest and largest slope.</summary>
    public const double SmallestSlope = 1.65, LargestSlope = 6.35;

    /// <summary>Largest side of a cell, R500: the band then holds all waves that are followed in three dimensions.</summary>
    public const double LargestCellR500 = 0.05;

    /// <summary>Largest sigma where the injection scale is below three cells.</summary>
    public const double LargestUnresolvedSigma = 0.5;

    /// <summary>The range in words, for tables and reports.</summary>
    public static string InWords { get; } = FormattableString.Invariant(
        $"sigma to {LargestSigma} (to {LargestUnresolvedSigma} below 3 cells), injection scale {SmallestInjectionScale} to {LargestInjectionScale} R500, slope {SmallestSlope} to {LargestSlope}, cells to {LargestCellR500} R500");

    /// <summary>Whether a field lies in the range.</summary>
    /// <param name="grid">The box.</param>
    /// <param name="largestSigma">The largest sigma that shares the field.</param>
    /// <param name="injectionScale">l_inj in R500.</param>
    /// <param name="slope">alpha.</param>
    public static bool Contains(CubeGrid grid, double largestSigma, double injectionScale, double slope)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var resolved = injectionScale >= ScaleGrid.SmallestScalePixels * grid.CellR500;
        return largestSigma <= (resolved ? LargestSigma : LargestUnresolvedSigma)
            && injectionScale is >= SmallestInjectionScale and <= LargestInjectionScale
            && slope is >= SmallestSlope and <= LargestSlope
            && grid.CellR500 <= LargestCellR500 && grid.DepthCellR500 <= LargestCellR500;
    }
}
