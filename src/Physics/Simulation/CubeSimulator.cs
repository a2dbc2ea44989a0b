using System.Collections.Concurrent;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// The reference simulator: a three-dimensional Gaussian random field of density fluctuations in a box, whose emission
/// <c>eps (1 + delta)^2</c> is summed along the line of sight (trapezoid rule, float64). The image lies at the box's corner; the box is periodic,
/// so it makes no difference where. Safe for concurrent use; equal seeds give equal bits.
/// </summary>
public sealed class CubeSimulator : IFieldSimulator
{
    /// <summary>
    /// A line of sight ends, on either side, where eps times the length that is left falls below this part of the brightness summed so far.
    /// </summary>
    public const double LineOfSightTolerance = 1e-5;

    private readonly int width, height;
    private readonly ConcurrentBag<GaussianField> fields = [];

    /// <summary>A simulator for images of this size.</summary>
    /// <param name="width">Pixels along x.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelR500">Side of a pixel in R500.</param>
    /// <param name="settings">The box.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public CubeSimulator(int width, int height, double pixelR500, CubeSettings settings)
    {
        Grid = CubeGrid.For(width, height, pixelR500, settings);
        (this.width, this.height) = (width, height);
    }

    /// <inheritdoc/>
    public CubeGrid Grid { get; }

    /// <inheritdoc/>
    public PerturbedEmission Draw(Seed seed, ClusterEmission emission, double injectionScale, double slope, ReadOnlySpan<bool> pixels)
    {
        var column = Column(emission, pixels);
        if (!fields.TryTake(out var field)) field = new GaussianField(Grid);
        var result = Maps(field.Draw(seed, new TurbulenceSpectrum(1, injectionScale, slope)));
        for (var y = 0; y < height; y++)
            if (IsWanted(y, pixels)) ProjectRow(y, field.Row(y, width), column, emission, pixels, result);
        fields.Add(field);
        return result;
    }

    /// <summary>
    /// Draws one log-normal field (<see cref="FieldStatistics.LogNormal"/>) and projects the emission that it perturbs; since its shape depends on sigma, what
    /// comes back is good for the
    /// spectrum's own sigma only.
    /// </summary>
    /// <param name="seed">The field's seed.</param>
    /// <param name="emission">The unperturbed cluster.</param>
    /// <param name="spectrum">The spectrum of delta, sigma included.</param>
    /// <param name="pixels">True where the brightness is wanted; empty for everywhere.</param>
    /// <exception cref="ArgumentException">The emission or the selection is of another size than the image, or no log-normal field has the
    /// spectrum.</exception>
    public PerturbedEmission DrawLogNormal(Seed seed, ClusterEmission emission, TurbulenceSpectrum spectrum, ReadOnlySpan<bool> pixels)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var column = Column(emission, pixels);
        var field = new LogNormalField(Grid);
        var result = Maps(field.Draw(seed, spectrum));
        for (var y = 0; y < height; y++)
            if (IsWanted(y, pixels)) ProjectRow(y, field.Row(y, width), column, emission, pixels, result);
        return result;
    }

    /// <inheritdoc/>
    public double[] Unperturbed(ClusterEmission emission, ReadOnlySpan<bool> pixels)
    {
        var column = Column(emission, pixels);
        var brightness = new double[width * height];
        for (var pixel = 0; pixel < brightness.Length; pixel++)
            if (pixels.IsEmpty || pixels[pixel]) brightness[pixel] = column.Project(emission.EllipticalRadius[pixel]);
        return brightness;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (fields.TryTake(out var field)) field.Dispose();
    }

    private PerturbedEmission Maps(double captured) => new(new double[width * height], new double[width * height], new double[width * height], captured);

    private bool IsWanted(int y, ReadOnlySpan<bool> pixels) => pixels.IsEmpty || pixels.Slice(y * width, width).Contains(true);

    private void ProjectRow(int y, ReadOnlySpan<float> row, LineOfSight column, ClusterEmission emission, ReadOnlySpan<bool> pixels, PerturbedEmission result)
    {
        for (var x = 0; x < width; x++)
        {
            var pixel = y * width + x;
            if (!pixels.IsEmpty && !pixels[pixel]) continue;
            (result.Unperturbed[pixel], result.Linear[pixel], result.Quadratic[pixel]) =
                column.Project(emission.EllipticalRadius[pixel], row.Slice(x * Grid.CellsZ, Grid.CellsZ));
        }
    }

    private LineOfSight Column(ClusterEmission emission, ReadOnlySpan<bool> pixels)
    {
        ArgumentNullException.ThrowIfNull(emission);
        if (emission.EllipticalRadius.Length != width * height)
            throw new ArgumentException($"the emission has {emission.EllipticalRadius.Length} radii, the image {width * height} pixels", nameof(emission));
        if (!pixels.IsEmpty && pixels.Length != width * height)
            throw new ArgumentException($"the selection has {pixels.Length} pixels, the image {width * height}", nameof(pixels));
        return new LineOfSight(emission, Grid);
    }
}
