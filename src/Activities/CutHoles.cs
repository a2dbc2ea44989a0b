using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Activities;

[Step("Validation", "Cut holes", "Takes round holes at random places out of the mask of a cluster, to see what masks do to the results. Counts that are simulated on them are those of the maps without the holes, pixel by pixel.", Random = true, Version = 2)]
public sealed class CutHoles : Step
{
    // A hole that is smaller may lie between the centres of pixels.
    private const double LeastPixels = 0.75;

    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("Part of the usable pixels that the holes cover.", Min = 0, Max = 0.5, Order = 2)]
    public double Fraction { get; init; } = 0.1;

    [Input("Radius of a hole; no less than three quarters of a pixel.", Unit = "R500", Min = 0, Max = 0.5, Order = 3)]
    public double RadiusR500 { get; init; } = 0.03;

    [Output("The maps with more holes.", Order = 1)]
    public Artifact? WithHoles { get; private set; }

    [Output("How many holes were cut.", Order = 2)]
    public int Holes { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var stored = StoredMaps.Load(context.Store, Maps);
        var maps = stored.Maps;
        bool[] mask = [.. maps.Mask];
        var radius = Math.Max(LeastPixels, RadiusR500 / maps.PixelR500);
        Holes = RandomHoles.Cut(context.Seed.Derive(maps.Name).Stream(), (maps.Width, maps.Height), radius, Fraction, maps.Mask, mask).Count;
        WithHoles = (stored with { Maps = maps with { Mask = mask, MaskBeforeHoles = maps.MaskBeforeHoles ?? maps.Mask } }).Save(context.Store);
        return Done;
    }
}
