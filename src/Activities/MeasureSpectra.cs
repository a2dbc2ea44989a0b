using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities;

[Step("Spectra", "Measure spectra",
    "Measures the Mexican-hat spectrum of a cluster's fluctuations in each region, against the spectrum of the noise.", Random = true, Version = 6)]
public sealed class MeasureSpectra : Step
{
    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("The mean model of the cluster.", Order = 2)]
    public required Artifact MeanModel { get; init; }

    [Input("The regions of the cluster.", Order = 3)]
    public required Artifact RegionSet { get; init; }

    [Input("Which mask the filter sees: the region's own, or the full one.", Choices = ["region", "full"], Order = 4)]
    public string FilterMask { get; init; } = "region";

    [Input("The noise spectrum to compare with: the expected one, or that of one draw.", Choices = ["mean", "draw"], Order = 5)]
    public string Null { get; init; } = "mean";

    [Input("Whether a smooth factor over the mean model is fitted to the counts first, as the simulations do: when this is refit.",
        Choices = ["paper", "normalised", "refit"], Order = 6)]
    public string SecondOrder { get; init; } = "normalised";

    [Input("How the power is computed: fast to one part in a thousand, or exact.", Choices = ["fast", "exact"], Order = 7)]
    public string Filter { get; init; } = "fast";

    [Output("The spectra.")]
    public Artifact? Spectra { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var maps = StoredMaps.Load(context.Store, Maps).Maps;
        var options = new SimulationOptions
        {
            SecondOrder = Enum.Parse<SecondOrder>(SecondOrder, ignoreCase: true), Null = Enum.Parse<NullTreatment>(Null, ignoreCase: true),
        };
        var stored = StoredRegions.Load(context.Store, RegionSet);
        using var simulator = ClusterSimulation.Of(context.Store, context.Seed.Derive(maps.Name), Maps, MeanModel, stored, (FilterMask, Filter), options);
        var measured = simulator.MeasureObserved(maps.Counts);
        var (design, scales) = (simulator.Design, simulator.Design.ScalesR500.Count);
        var regions = design.RegionNames.Select((name, i) =>
            new RegionSpectrum(name, Part(measured.Power, i), Part(measured.NullPower, i), Part(measured.S, i)));
        Spectra = new StoredSpectra([.. design.ScalesR500], [.. regions]).Save(context.Store);
        return Done;

        double[] Part(double[] values, int region) => values.AsSpan(region * scales, scales).ToArray();
    }
}
