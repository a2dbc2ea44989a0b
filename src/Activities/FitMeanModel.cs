using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Activities;

[Step("Mean model", "Fit mean model",
    "Fits the smooth surface brightness of a cluster, seen through its telescope, to its counts, with the posterior of its ten parameters.", Random = true, TimeoutSeconds = 7200, Version = 2)]
public sealed class FitMeanModel : Step
{
    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("The point spread function: that of the instrument, none, or one profile; in arcsec king:CORE_RADIUS:SLOPE or gaussian:HALF_ENERGY_WIDTH.", Order = 2)]
    public string Psf { get; init; } = PsfSetting.Instrument;

    [Input("The profiles of the instrument's point spread function, as the sample gives them.", Order = 3)]
    public IReadOnlyList<PsfComponent> PointSpread { get; init; } = [];

    [Input("Starting points of the search.", Min = 1, Max = 20, Order = 4)]
    public int Starts { get; init; } = 3;

    [Output("The mean model and its posterior.")]
    public Artifact? MeanModel { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var maps = StoredMaps.Load(context.Store, Maps).Maps;
        try
        {
            var posterior = new MeanModelFit { Starts = Starts, Psf = PsfSetting.Parse(Psf, "psf").Of(PointSpread) }.Run(context.Seed.Derive(maps.Name), maps, context.Cancellation);
            MeanModel = StoredMeanModel.Save(context.Store, posterior);
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(maps.Name, unfit.InPlainWords(), "maps that a mean model can be fitted to",
                "check exposure, mask and counts of this cluster", unfit);
        }
        return Done;
    }
}
