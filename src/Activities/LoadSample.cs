using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities;

[Step("Sample", "Load sample",
    "Reads the sample table, finds the maps of every cluster, and reports all that is wrong before the first map is opened.", Cached = false, RunsInPlan = true)]
public sealed class LoadSample : Step
{
    [Input("The sample table (CSV): its path, or the name of one in data/samples.", Order = 1, Offers = KnownFiles.Samples)]
    public required string Sample { get; init; }

    [Input("The folder to which the table's file columns are relative.", Order = 2)]
    public string MapsFolder { get; init; } = ".";

    [Input("Names of the clusters to take, separated by commas; empty for all.", Order = 3)]
    public string? Clusters { get; init; }

    [Output("The clusters, each with the files of its maps.")]
    public IReadOnlyList<ClusterObservation> Rows { get; private set; } = [];

    [Output("The sample table as it was read, for the run's folder.")]
    public Artifact? Table { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = context.Files.Check(ShippedData.ByName("samples", Sample, ".csv") ?? Sample, $"Survey.{nameof(LoadSample)}.{nameof(Sample)}");
        context.Files.Check(MapsFolder, $"Survey.{nameof(LoadSample)}.{nameof(MapsFolder)}");
        var (sample, files) = SampleWithMaps.Read(path, Clusters, MapsFolder);
        // Conditions and columns of sub-samples that the table does not know are told here, before the first map is opened. Nothing is measured yet.
        _ = SampleDivision.Of(context.Run, sample, new Dictionary<string, ClusterMorphology>());
        Rows = [.. sample.Rows.Zip(files, ClusterObservation.Of)];
        Table = context.Store.Save("sample-table", 1, stream => stream.Write(File.ReadAllBytes(path)));
        context.Run.Publish("survey", "sample", new JsonObject
        {
            ["table"] = SurveyJson.ToNode(Table),
            ["clusters"] = SurveyJson.ToNode(Rows.Select(row => row.Name)),
            ["observations"] = SurveyJson.ToNode(Rows),
        });
        return Done;
    }
}
