using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities;

[Step("Mean model", "Measure morphology",
    "Measures centroid shift, concentration, Gini coefficient and Zernike moment of a cluster within R500, with holes filled by the mean model.", Random = true)]
public sealed class MeasureMorphology : Step
{
    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("The mean model of the cluster.", Order = 2)]
    public required Artifact MeanModel { get; init; }

    [Input("Poisson draws for the errors.", Min = 10, Max = 10_000, Order = 3)]
    public int Draws { get; init; } = 100;

    [Output("The indicators with their errors.")]
    public ClusterMorphology? Morphology { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var maps = StoredMaps.Load(context.Store, Maps).Maps;
        Morphology = new MorphologyMeasurement { Draws = Draws }.Run(context.Seed.Derive(maps.Name), maps, StoredMeanModel.Load(context.Store, MeanModel));
        return Done;
    }
}
