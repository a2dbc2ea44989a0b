using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Activities;

[Step("Survey", "Write tables", "Writes the tables of the run: spectra, posteriors, draws, sub-samples, Mach numbers, failures, and the likelihood cubes.", Cached = false)]
public sealed class WriteTables : Step
{
    [Input("The joint posterior: the tables are written once it is there.", Order = 1)]
    public required Artifact Joint { get; init; }

    [Input("The populations of the sample and its groups; none leaves their table out.", Order = 2)]
    public IReadOnlyDictionary<string, PopulationSummary>? Populations { get; init; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var run = SurveyRun.With(context.Run, context.Store, Joint);
        var ingredients = new JsonObject
        {
            ["seed"] = context.Seed.Value, ["populations"] = SurveyJson.ToNode(Populations), ["run"] = run.Published(but: SubsamplePosteriors.Place),
        };
        KeptFiles.Write(context.Store, context.Run, "tables", ingredients, context.Fresh, () => Tables(run, context));
        LikelihoodFolder.Write(run);
        return Done;
    }

    private IReadOnlyList<string> Tables(SurveyRun run, StepContext context)
    {
        var whole = (Populations ?? new Dictionary<string, PopulationSummary>()).Values.Where(population => population.Grouping.Length == 0).ToDictionary(population => population.Region);
        var tables = RunTables.Write(run, context.Seed, whole);
        if (Populations is null) return tables;
        PopulationTable.Write(run, Populations.Values);
        return [.. tables, PopulationTable.Name];
    }
}
