using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities;

[Step("Simulations", "Simulate spectra",
    "Draws parameters from the prior and simulates the spectra of this very cluster: its mean model, exposure, background and mask.", Random = true, Version = 4)]
public sealed class SimulateSpectra : PartwiseStep
{
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

    [Input("What becomes of the mean of (1 + delta)^2: left in, divided out, or taken up by a new fit.", Choices = ["paper", "normalised", "refit"], Order = 7)]
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
        var seed = context.Seed.Derive(StoredMaps.Load(context.Store, Maps).Maps.Name);
        var options = new SimulationOptions
        {
            SecondOrder = Enum.Parse<SecondOrder>(SecondOrder, ignoreCase: true), Null = Enum.Parse<NullTreatment>(Null, ignoreCase: true),
            Cube = new CubeSettings { SmallestBoxR500 = BoxR500, DepthR500 = DepthR500 }, Simulator = Enum.Parse<SimulatorKind>(Simulator, ignoreCase: true),
        };
        var stored = StoredRegions.Load(context.Store, RegionSet).Only(regions);
        using var simulator = ClusterSimulation.Of(context.Store, seed, Maps, MeanModel, stored, (FilterMask, Filter), options);
        var plan = SimulationPlan.FromPrior(seed.Derive("prior"), SurveyPrior.Parse(Prior), Simulations, SigmasPerField);
        var progress = context.Progress is { } bar ? new FieldProgress(bar, plan) : null;
        var (s, quality) = SimulationSet.Run(simulator, plan, 0, plan.FieldCount, context.Threads, progress, context.Cancellation);
        for (var i = 0; i < regions.Count; i++)
        {
            var table = context.Store.SaveFile(StoredSimulations.Kind, 1, path => Write(path, plan, s, simulator, [i]));
            context.Parts.Keep(regions[i], (nameof(SimulationTables), table), (nameof(Quality), quality));
        }
    }

    /// <summary>Writes a set of simulations as the table that formats.md describes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The parameters.</param>
    /// <param name="s">S vectors of all regions of the simulator's design, row by row.</param>
    /// <param name="simulator">What made them.</param>
    /// <param name="regions">Numbers of the regions to write; null for all.</param>
    /// <param name="firstRow">The row of the plan that is the first of <paramref name="s"/>.</param>
    public static void Write(string path, SimulationPlan plan, ReadOnlySpan<double> s, ClusterSimulator simulator, IReadOnlyList<int>? regions = null, int firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(simulator);
        var (design, scales) = (simulator.Design, simulator.Design.ScalesR500.Count);
        regions ??= [.. Enumerable.Range(0, design.RegionNames.Count)];
        using var writer = SimulationTable.Create(path, regions.Select(region => design.RegionNames[region]), scales, simulator.FieldsInWords);
        var row = new double[3 + regions.Count * scales];
        for (var i = 0; i < s.Length / design.Length; i++)
        {
            plan.Theta(firstRow + i).CopyTo(row);
            for (var j = 0; j < regions.Count; j++) s.Slice(i * design.Length + regions[j] * scales, scales).CopyTo(row.AsSpan(3 + j * scales));
            writer.Append(row);
        }
        writer.Complete();
    }

    private sealed class FieldProgress(IProgress<StepProgress> bar, SimulationPlan plan) : IProgress<int>
    {
        public void Report(int value)
        {
            var rows = Math.Min(plan.RowCount, value * plan.RowsPerField);
            bar.Report(new StepProgress((double)value / plan.FieldCount, $"{rows} of {plan.RowCount} simulations"));
        }
    }
}
