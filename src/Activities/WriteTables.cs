using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Activities;

[Step("Survey", "Write tables", "Writes the tables of the run: spectra, posteriors, draws, sub-samples, failures, and the likelihood cubes.", Cached = false)]
public sealed class WriteTables : Step
{
    [Input("The joint posterior: the tables are written once it is there.", Order = 1)]
    public required Artifacts.Artifact Joint { get; init; }

    [Input("The populations of the sample and its groups; none leaves their table out.", Order = 2)]
    public IReadOnlyDictionary<string, PopulationSummary>? Populations { get; init; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var run = SurveyRun.With(context.Run, context.Store, Joint);
        RunTables.Write(run, context.Seed);
        if (Populations is not null) PopulationTable.Write(run, Populations.Values);
        LikelihoodFolder.Write(run);
        return Done;
    }
}
