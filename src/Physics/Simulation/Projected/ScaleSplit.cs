namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Divides a spectrum into large scales, which a small cube follows in three dimensions, and the small rest. The share of the
/// large scales falls from 1 to 0 between two wavenumbers, as the square of a cosine: without a step, so that projected spectra stay smooth.
/// </summary>
/// <param name="Full">Up to this wavenumber all power is large-scale, 1/R500.</param>
/// <param name="None">From this wavenumber on, none is, 1/R500.</param>
internal readonly record struct ScaleSplit(double Full, double None)
{
    /// <summary>Modulation of small scales by large ones matters up to about 6 waves per R500; twice the cells would cost eight times as much.</summary>
    private const double LargestWavenumber = 8, WhereItStarts = 0.625;

    // The large scales must lie within the image's own band.
    private const double PartOfTheBand = 0.9;

    /// <summary>The split for a box.</summary>
    public static ScaleSplit For(CubeGrid grid)
    {
        var none = Math.Min(LargestWavenumber, PartOfTheBand * 0.5 / Math.Max(grid.CellR500, grid.DepthCellR500));
        return new ScaleSplit(WhereItStarts * none, none);
    }

    /// <summary>The large scales' share of the power at this wavenumber.</summary>
    public double LargeShare(double k)
    {
        var cosine = Math.Cos(0.5 * Math.PI * Math.Clamp((k - Full) / (None - Full), 0, 1));
        return cosine * cosine;
    }
}
