using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What one cluster takes of the memory while it is analysed, by measurement (docs/performance.md).</summary>
/// <param name="Bytes">Maps, filters, the set of simulations and the pairs of a training.</param>
/// <param name="BytesPerThread">The field that a thread draws.</param>
public sealed record ClusterMemory(double Bytes, double BytesPerThread)
{
    // Measured: half of the modes as complex float32, transformed where they stand, and what torch takes beside them, per cell of the cube.
    private const double BytesPerCell = 5;

    // Per pixel: the maps, the directions of the mean model, and filters of about a hundred numbers for each region.
    private const double BytesPerPixel = 400, BytesPerFilterPixel = 200;

    // Per number of the set of simulations: as float64, as read from its table, and standardised for the training.
    private const double BytesPerSummary = 24;

    /// <summary>The estimate for a survey.</summary>
    public static ClusterMemory Of(SurveySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // Maps are rebinned by a whole factor that leaves as many pixels as asked for, or up to twice as many where the native ones are few: half more, on average.
        var across = 1.5 * settings.PixelsAcross;
        var grid = CubeGrid.For((int)across, (int)across, 2 / across, new CubeSettings { SmallestBoxR500 = settings.BoxR500, DepthR500 = settings.DepthR500 });
        var pixels = across * across;
        var summaries = (double)settings.Simulations * settings.Regions.Count * settings.Scales.Count;
        return new ClusterMemory(
            pixels * (BytesPerPixel + settings.Regions.Count * BytesPerFilterPixel) + summaries * BytesPerSummary, grid.Cells * BytesPerCell);
    }

    /// <summary>With so many threads.</summary>
    public double With(int threads) => Bytes + threads * BytesPerThread;
}
