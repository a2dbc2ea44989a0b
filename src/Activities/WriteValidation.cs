using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Files;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities;

[Step("Validation", "Write validation", "Writes what the recovery of simulated surveys says of the joint posteriors: a table and a page.", Cached = false, Version = 3)]
public sealed class WriteValidation : Step
{
    /// <summary>The page's place in a run's folder.</summary>
    public const string Page = "report/validation.html";

    /// <summary>The table's place in a run's folder.</summary>
    public const string Table = "recovery.parquet";

    [Input("The recovered surveys of each region.", Order = 1)]
    public required IReadOnlyDictionary<string, Artifact> Recoveries { get; init; }

    [Input("The clusters that every simulated survey has.", Order = 2)]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>> TestTables { get; init; }

    [Input("The survey's settings.", Order = 3)]
    public required JsonObject Settings { get; init; }

    [Input("The recovered surveys of each region, by departure from what the survey takes for granted; empty for none.", Order = 4)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>?>? Departures { get; init; }

    [Output("Everything that speaks against the joint posteriors; empty when nothing does.")]
    public IReadOnlyList<string> Objections { get; private set; } = [];

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var prior = SurveyPrior.Parse(Settings["prior"]!.AsObject());
        var regions = Settings["regions"]!.AsArray().Select(region => region!["name"]!.GetValue<string>()).Where(Recoveries.ContainsKey);
        var model = new ValidationModel
        {
            Prior = prior,
            Date = RunManifest.Read(context.Run).Date,
            Clusters = [.. TestTables.Keys.Order(StringComparer.Ordinal)],
            Simulations = "Test simulations come from the cube, whatever draws the fields of the training, with the telescope, exposure, background, mask and mean model of each cluster, Poisson noise and all that the settings say; no random number is shared with the training.",
            Regions = [.. regions.Select(region => (region, StoredRecovery.Load(context.Store, Recoveries[region], prior.Names)))],
        };
        model = model with { Departures = [.. DeparturesOf(context.Store, model, prior.Names)] };
        RunTable.Write(context.Run.FileAt(Table), Rows(model));
        var page = ValidationPage.Draw(model);
        AtomicFile.WriteText(context.Run.FileAt(Page), page.Text());
        new ReportFolder(Path.GetDirectoryName(context.Run.FileAt(Page))!).WriteFigures([page]);
        Objections = model.Objections();
        context.Run.Publish("survey", "validation", new JsonObject { ["objections"] = SurveyJson.ToNode(Objections), ["surveys"] = model.Regions.Count == 0 ? 0 : model.Regions.Max(region => region.Recovery.Cases.Count) });
        return Done;
    }

    // Of the departures those alone have rows that must be right as well.
    private static IReadOnlyList<RecoveryRow> Rows(ValidationModel model) =>
    [
        .. model.Regions.SelectMany(region => RecoveryRow.Of(region.Region, SimulateSpectra.OneStep, region.Recovery)),
        .. model.Mocks.SelectMany(mocks => RecoveryRow.Of(mocks.Region, SimulateSpectra.Whole, mocks.Recovery)),
    ];

    private IEnumerable<Departure> DeparturesOf(ArtifactStore store, ValidationModel model, IReadOnlyList<string> names)
        => Enum.GetValues<DepartureKind>().SelectMany(kind => model.Regions.Where(region => Departures?.GetValueOrDefault(kind.ToString())?.ContainsKey(region.Region) == true)
            .Select(region => new Departure(kind, region.Region, region.Recovery, StoredRecovery.Load(store, Departures![kind.ToString()]![region.Region], names))));
}
