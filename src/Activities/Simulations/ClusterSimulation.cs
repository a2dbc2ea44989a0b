using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.MeanModel;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Puts together the simulator of a cluster from the artifacts of the steps before.</summary>
public static class ClusterSimulation
{
    /// <summary>The simulator. Every field draws its own mean model from the posterior, and is seen through the point spread function of its fit.</summary>
    public static ClusterSimulator Of(
        ArtifactStore store, Seed seed, Artifact maps, Artifact meanModel, StoredRegions regions, (string Mask, string Mode) filter, SimulationOptions options)
    {
        var mapSet = StoredMaps.Load(store, maps).Maps;
        var posterior = StoredMeanModel.Load(store, meanModel);
        var model = posterior.Model(mapSet);
        options = options with { Psf = posterior.State.Psf, EllipticalAngle = model.EllipticalAngle(posterior.Best) };
        return new ClusterSimulator(seed, FieldGeometry.Of(mapSet), Design(regions, filter), model.Emission(posterior.Best),
            draw => model.Emission(posterior.Draw(draw)), options);
    }

    /// <summary>The same counts, with all that is done to data done to each: the mean model is fitted to it as the cluster's was, and regions are drawn about that.</summary>
    public static MockAnalysis WholeAnalysis(
        ArtifactStore store, Seed seed, Artifact maps, Artifact meanModel, StoredRegions regions, (string Mask, string Mode) filter, SimulationOptions options)
    {
        var mapSet = StoredMaps.Load(store, maps).Maps;
        var state = StoredMeanModel.Load(store, meanModel).State;
        var fit = new MeanModelFit { Priors = state.Priors, Cooling = state.Cooling, Temperature = state.Temperature, Psf = state.Psf };
        return new MockAnalysis(Of(store, seed, maps, meanModel, regions, filter, options), mapSet, fit, radius => Design(regions.About(radius, mapSet.Mask), filter));
    }

    private static SpectrumDesign Design(StoredRegions regions, (string Mask, string Mode) filter)
        => regions.Design(Enum.Parse<FilterMask>(filter.Mask, ignoreCase: true), Enum.Parse<FilterMode>(filter.Mode, ignoreCase: true));
}
