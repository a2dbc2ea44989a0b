using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.PointSpread;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Fit of the mean model to the counts of a map set: the maximum of Poisson likelihood times prior from several starting points, then the posterior
/// around it. Every valid pixel is one Poisson number: with the model's table this costs milliseconds, and binning first
/// would only lose information on the centre and the shape.
/// </summary>
public sealed record MeanModelFit
{
    /// <summary>Priors.</summary>
    public MeanModelPriors Priors { get; init; } = new();

    /// <summary>Psi; default <see cref="CoolingFunction.At"/> of the map set's redshift in the standard cosmology.</summary>
    public CoolingFunction? Cooling { get; init; }

    /// <summary>T(r); default the universal X-COP profile.</summary>
    public TemperatureProfile Temperature { get; init; } = TemperatureProfile.XCop;

    /// <summary>The telescope's point spread function, through which the cluster is seen; none for a perfect one.</summary>
    public PointSpreadFunction? Psf { get; init; }

    /// <summary>Starting points of the search, from the most promising on; default 3.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>Moves of the chain between two of the 256 draws that are kept; default 8. More makes the draws more independent, in proportion to the time.</summary>
    public int Thinning { get; init; } = 8;

    /// <summary>Fits the mean model.</summary>
    /// <param name="seed">Origin of the posterior's draws.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">Fewer than 30 valid pixels, or no counts in them.</exception>
    public MeanModelPosterior Run(Seed seed, MapSet maps, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Thinning, 1);
        var (_, objective, place, converged) = Search(maps, cancellation);
        var shape = PosteriorShape.Around(seed, objective, Priors, place, Thinning, cancellation);
        var goodness = objective.Goodness(place);
        return new MeanModelPosterior(new MeanModelState
        {
            Maximum = place,
            Draws = shape.Draws,
            EffectiveDraws = shape.EffectiveDraws,
            Goodness = goodness,
            Flags = [.. Flags(maps, place, converged, shape, goodness)],
            Cooling = CoolingOf(maps),
            Temperature = Temperature,
            Psf = Psf,
            Priors = Priors,
        });
    }

    /// <summary>The search alone: the model on the grid of the maps, and its parameters of highest posterior density, the same as those of <see cref="Run"/>, without the draws that take most of its time.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">Fewer than 30 valid pixels, or no counts in them.</exception>
    public (SurfaceBrightnessModel Model, MeanModelParameters Best) FindBest(MapSet maps, CancellationToken cancellation = default)
    {
        var (model, _, place, _) = Search(maps, cancellation);
        return (model, new UnconstrainedSpace(Priors).ToParameters(place));
    }

    private (SurfaceBrightnessModel Model, MeanModelObjective Objective, double[] Place, bool Converged) Search(MapSet maps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        RequireData(maps);
        var model = new SurfaceBrightnessModel(maps, CoolingOf(maps), Temperature, Psf);
        var space = new UnconstrainedSpace(Priors);
        var objective = new MeanModelObjective(model, space);
        var (place, _, converged) = new MeanModelStart(model, Priors).Candidates(Starts)
            .Select(start => PosteriorMaximum.Search(objective, space.FromParameters(start), cancellation))
            .MinBy(found => found.Value);
        return (model, objective, place, converged);
    }

    private CoolingFunction CoolingOf(MapSet maps) => Cooling ?? CoolingFunction.At(new Redshift(maps.Redshift), Cosmology.Standard);

    private static void RequireData(MapSet maps)
    {
        var valid = maps.Mask.Count(usable => usable);
        if (valid < 30) throw new ArgumentException($"{maps.Name}: {valid} valid pixels, a mean model of 10 parameters needs at least 30; check the mask and the exposure map", nameof(maps));
        var counts = Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel]).Sum(pixel => maps.Counts[pixel]);
        if (!(counts > 0)) throw new ArgumentException($"{maps.Name}: no counts in the {valid} valid pixels; check that the counts map is the right file", nameof(maps));
    }

    private static IEnumerable<MeanModelFlag> Flags(MapSet maps, double[] place, bool converged, PosteriorShape shape, MeanModelGoodness goodness)
    {
        if (!converged) yield return MeanModelFlag.NotConverged;
        if (shape.Regularised) yield return MeanModelFlag.CurvatureRegularised;
        if (shape.EffectiveDraws < 10) yield return MeanModelFlag.PosteriorApproximate;
        // Index 4 is the sky background, which may well be zero.
        if (Enumerable.Range(UnconstrainedSpace.Bounded + 1, 5).Any(i => UnconstrainedSpace.Margin(place, i) < 0.01)) yield return MeanModelFlag.ParameterAtPriorEdge;
        if (goodness.Excess > 5) yield return MeanModelFlag.PoorFit;
        if (Math.Sqrt(place[2] * place[2] + place[3] * place[3]) > 0.15) yield return MeanModelFlag.CentreFarFromCatalogue;
        var used = Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel]).ToArray();
        if (used.Sum(pixel => maps.Counts[pixel] - maps.Background[pixel]) < 1000) yield return MeanModelFlag.FewCounts;
        if (used.Count(pixel => WithinR500(maps, pixel)) < Math.PI / 2 / (maps.PixelR500 * maps.PixelR500)) yield return MeanModelFlag.LittleCoverage;
    }

    private static bool WithinR500(MapSet maps, int pixel)
    {
        var (x, y) = (pixel % maps.Width - maps.CentreX, pixel / maps.Width - maps.CentreY);
        return (x * x + y * y) * maps.PixelR500 * maps.PixelR500 < 1;
    }
}
