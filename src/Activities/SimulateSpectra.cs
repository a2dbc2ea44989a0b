using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities;

[Step("Simulations", "Simulate spectra",
    "Draws parameters from the prior and simulates the spectra of this very cluster: its mean model, telescope, exposure, background and mask.", Random = true, Version = 9)]
public sealed class SimulateSpectra : PartwiseStep
{
    private const string Training = "training", Calibration = "calibration", Test = "test";

    /// <summary>What is done to the counts of a simulation: spectra are taken about its mean model, or all is done that is done to data.</summary>
    internal const string OneStep = "step", Whole = "whole";

    [Input("The maps of the cluster.", Order = 1)]
    public required Artifact Maps { get; init; }

    [Input("The mean model of the cluster.", Order = 2)]
    public required Artifact MeanModel { get; init; }

    [Input("The regions of the cluster.", Order = 3, ByPart = true)]
    public required Artifact RegionSet { get; init; }

    [Input("The prior, as in a prior file.", Order = 4)]
    public required JsonObject Prior { get; init; }

    [Input("How many simulations.", Min = 10, Max = 10_000_000, Order = 5)]
    public int Simulations { get; init; } = 1000;

    [Input("Values of sigma that share one random field; simulations that share a field are correlated.", Min = 1, Max = 16, Order = 6)]
    public int SigmasPerField { get; init; } = 2;

    [Input("What becomes of the mean of (1 + delta)^2: left in, divided out, or divided out and a smooth factor over the mean model fitted to every map.", Choices = ["paper", "normalised", "refit"], Order = 7)]
    public string SecondOrder { get; init; } = "normalised";

    [Input("Which mask the filter sees: the region's own, or the full one.", Choices = ["region", "full"], Order = 8)]
    public string FilterMask { get; init; } = "region";

    [Input("The noise spectrum to compare with: the expected one, or that of one draw.", Choices = ["mean", "draw"], Order = 9)]
    public string Null { get; init; } = "mean";

    [Input("Least side of the simulated box across the sky.", Unit = "R500", Min = 2, Max = 20, Order = 10)]
    public double BoxR500 { get; init; } = 2.5;

    [Input("Depth of the simulated box along the line of sight.", Unit = "R500", Min = 2, Max = 40, Order = 11)]
    public double DepthR500 { get; init; } = 10;

    [Input("How the power is computed: fast to one part in a thousand, or exact.", Choices = ["fast", "exact"], Order = 12)]
    public string Filter { get; init; } = "fast";

    [Input("What draws the random fields: a three-dimensional cube, projected fields, or (auto) projected fields where they were shown to agree with the cube.",
        Choices = ["auto", "cube", "projected"], Order = 13)]
    public string Simulator { get; init; } = "auto";

    [Input("Prior of the flat power of unresolved sources in counts^2 s^-2 arcmin^-2: none, or LO:HI, uniform in its logarithm.", Order = 14)]
    public string UnresolvedPower { get; init; } = UnresolvedPowerSetting.None;

    [Input("What they are for: to learn from, to calibrate what was learnt, or to test the survey. None shares a random number with another; those to calibrate and to test share their parameters with those of all other clusters.",
        Choices = [Training, Calibration, Test], Order = 15)]
    public string Purpose { get; init; } = Training;

    [Input("One-point statistics of the density fluctuations; log-normal ones are drawn by the cube.", Choices = ["gaussian", "lognormal"], Order = 16)]
    public string Statistics { get; init; } = "gaussian";

    [Input("What is done to the counts of each simulation before its spectra are taken: no fit of the mean model (step), as in all that likelihoods learn from; or all that is done to data, with a fit of its own (whole).",
        Choices = [OneStep, Whole], Order = 17)]
    public string Analysis { get; init; } = OneStep;

    [Input("How far beyond either end of the prior parameters to learn from are drawn, as a share of its range: networks then learn the ends from both sides. Simulations to calibrate and to test stay within the prior.",
        Min = 0, Max = 0.5, Order = 18)]
    public double PriorMargin { get; init; } = 0.08;

    [Output("The table of simulations of each region: parameters and S vectors.", ByPart = true)]
    public IReadOnlyDictionary<string, Artifact>? SimulationTables { get; private set; }

    [Output("What the simulations showed beside their spectra.")]
    public SimulationQuality? Quality { get; private set; }

    /// <summary>
    /// The regions. The fields are the same whichever regions are simulated: a region that is added later is measured in the fields of the others.
    /// </summary>
    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
    {
        var regions = StoredRegions.Load(store, RegionSet);
        return [.. regions.Regions.Select((region, i) => new StepPart(region.Name, regions.Identity(i)))];
    }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Parts.Missing.Count > 0) Simulate(context, context.Parts.Missing);
        SimulationTables = context.Parts.All<Artifact>(nameof(SimulationTables));
        Quality = context.Parts.Output<SimulationQuality>(context.Parts.Names[0], nameof(Quality));
        return Done;
    }

    private void Simulate(StepContext context, IReadOnlyList<string> regions)
    {
        var origin = Purpose == Training ? context.Seed : context.Seed.Derive(Purpose);
        var seed = origin.Derive(StoredMaps.Load(context.Store, Maps).Maps.Name);
        var options = new SimulationOptions
        {
            SecondOrder = Enum.Parse<SecondOrder>(SecondOrder, ignoreCase: true), Null = Enum.Parse<NullTreatment>(Null, ignoreCase: true),
            Cube = new CubeSettings { SmallestBoxR500 = BoxR500, DepthR500 = DepthR500 }, Simulator = Enum.Parse<SimulatorKind>(Simulator, ignoreCase: true),
            Unresolved = UnresolvedPowerSetting.Parse(UnresolvedPower, "unresolved_power"), Statistics = Enum.Parse<FieldStatistics>(Statistics, ignoreCase: true),
        };
        var stored = StoredRegions.Load(context.Store, RegionSet).Only(regions);
        using var simulator = SimulatorOf(context.Store, seed, stored, options);
        var prior = SurveyPrior.Parse(Prior);
        var plan = Purpose == Training
            ? SimulationPlan.FromPrior(seed.Derive("prior"), prior.Widened(PriorMargin), Simulations, SigmasPerField)
            : SimulationPlan.FromPrior(origin.Derive("prior"), prior, Simulations, SigmasPerField);
        var progress = context.Progress is { } bar ? new RowProgress(bar, plan.RowCount) : null;
        using var parts = StepParts.Take(context.Store, context.Key);
        var set = new UnfinishedSet(parts.Folder, string.Join(' ', context.Parts.MissingKeys));
        var (files, _, quality) = set.Complete(simulator, plan, context.Threads, progress, context.Cancellation);
        foreach (var region in regions)
        {
            var table = context.Store.SaveFile(StoredSimulations.Kind, 1, path => SimulationTable.Join(files, path, region));
            context.Parts.Keep(region, (nameof(SimulationTables), table), (nameof(Quality), quality));
        }
        set.Remove();
    }

    private ISpectrumSimulator SimulatorOf(ArtifactStore store, Seed seed, StoredRegions regions, SimulationOptions options) => Analysis == Whole
        ? ClusterSimulation.WholeAnalysis(store, seed, Maps, MeanModel, regions, (FilterMask, Filter), options)
        : ClusterSimulation.Of(store, seed, Maps, MeanModel, regions, (FilterMask, Filter), options);

    private sealed class RowProgress(IProgress<StepProgress> bar, int rows) : IProgress<int>
    {
        public void Report(int value) => bar.Report(new StepProgress((double)value / rows, $"{Math.Min(value, rows)} of {rows} simulations"));
    }
}
