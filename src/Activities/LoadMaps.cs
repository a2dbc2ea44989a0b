using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Maps;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Activities;

[Step("Maps", "Load maps", "Reads counts, exposure, background and masks of a cluster, crops them to a box around it and rebins them.")]
public sealed class LoadMaps : Step
{
    [Input("The cluster with the files of its maps.", Order = 1)]
    public required ClusterObservation Cluster { get; init; }

    [Input("Least number of pixels across the box: the maps are rebinned by the largest whole factor that leaves as many.",
        Unit = "pixels", Min = 16, Max = 4096, Order = 2)]
    public int PixelsAcross { get; init; } = 64;

    [Input("Half the side of the box.", Unit = "R500", Min = 0.1, Max = 3, Order = 3)]
    public double CutR500 { get; init; } = 1;

    [Input("What to do with negative or fractional counts.", Choices = ["reject", "round", "clip"], Order = 4)]
    public string CountsPolicy { get; init; } = "round";

    [Input("Least exposure of a pixel as a share of the median; fainter ones, as in chip gaps, are masked.", Min = 0, Max = 1, Order = 5)]
    public double MinimumExposure { get; init; } = MapPreparation.UsualMinimumExposure;

    [Output("The maps at working resolution.")]
    public Artifact? Maps { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var native = NativeMapReader.Read(Cluster);
        var preparation = new MapPreparation
        {
            CutR500 = CutR500, PixelsAcross = PixelsAcross, MinimumExposure = MinimumExposure,
            Counts = Enum.Parse<CountsPolicy>(CountsPolicy, ignoreCase: true),
        };
        try
        {
            // The factor is rounded down: the smallest scale must keep its pixels.
            var finest = (preparation with { RebinFactor = 1 }).Window(native.OnSky).Width;
            preparation = preparation with { RebinFactor = Math.Max(1, finest / PixelsAcross) };
            var prepared = preparation.Prepare(native.Maps, native.OnSky);
            Maps = new StoredMaps(prepared.Maps, [.. prepared.Findings.Select(finding => finding.Describe())]).Save(context.Store);
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(Cluster.Counts.Path, unfit.InPlainWords(), "maps that hold the cluster",
                "correct the files or the row of the sample table", unfit);
        }
        return Done;
    }
}
