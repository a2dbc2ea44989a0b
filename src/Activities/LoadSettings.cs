using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;

namespace ClusterSurvey.Activities;

[Step("Sample", "Load settings", "Reads the survey's settings and applies changes to them.", Cached = false, RunsInPlan = true)]
public sealed class LoadSettings : Step
{
    [Input("Name of the settings in data/surveys, or the path of a settings file.", Order = 1, Offers = KnownFiles.Surveys)]
    public string Survey { get; init; } = "default";

    [Input("Settings to change, by name.", Order = 2)]
    public JsonObject? Overrides { get; init; }

    [Output("The settings, every key with its value.")]
    public JsonObject? Settings { get; private set; }

    public override string Run(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = SurveySettings.Read(Allowed(context, ShippedData.Find("surveys", Survey, ".json"), nameof(Survey)));
        settings = settings.With((Overrides ?? []).Select(change => $"{change.Key}={change.Value?.ToJsonString(SurveyJson.Options)}"));
        Settings = ExcludeSettings.WithFilesRead(settings, path => Allowed(context, path, "exclude")).ToJson();
        // From here on the prior is a value: steps depend on what it says, not on what its file is called.
        Settings["prior"] = JsonNode.Parse(SurveyPrior.ToJson(SurveyPrior.Read(Allowed(context, ShippedData.Find("priors", Settings["prior"]!.GetValue<string>(), ".json"), "prior"))));
        context.Run.Publish("survey", "settings", Settings);
        return Done;
    }

    private static string Allowed(StepContext context, string path, string name) => context.Files.Check(path, $"Survey.{nameof(LoadSettings)}.{name}");
}
