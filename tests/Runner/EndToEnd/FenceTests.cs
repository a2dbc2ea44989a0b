using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>Definitions of strangers that want to read what is none of their business, run as a user runs them.</summary>
public sealed class FenceTests
{
    [Fact]
    public void A_path_in_a_definition_leads_nowhere_that_its_user_has_not_named()
    {
        using var scratch = new ScratchFolder();
        var secret = scratch.Write("secret.csv", "name,ra_deg,dec_deg,redshift,r500_kpc\nA,1,1,0.1,1000\n");
        var definition = scratch.Write("theft.json", Definition("Survey.LoadSample", ("sample", Literal(secret)), ("mapsFolder", Literal(".."))));

        Assert.Contains("Survey.LoadSample.Sample: found", Refused(scratch, definition), StringComparison.Ordinal);
        // The control: what is named on the command line may be read, and then it is the folder of maps that is refused.
        Assert.Contains("Survey.LoadSample.MapsFolder: found '..'", Refused(scratch, scratch.Write("named.json", Named(secret)), "--set", $"Table={secret}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_within_a_made_up_cluster_is_refused_before_it_is_opened()
    {
        using var scratch = new ScratchFolder();
        var secret = scratch.Write("secret", "x");
        var file = new JsonObject { ["path"] = secret };
        var cluster = new JsonObject
        {
            ["name"] = "A", ["raDeg"] = 1, ["decDeg"] = 1, ["redshift"] = 0.1, ["r500Kpc"] = 1000, ["exposureUnit"] = "s", ["backgroundFactor"] = 1,
            ["counts"] = file.DeepClone(), ["exposure"] = file.DeepClone(), ["masks"] = new JsonArray(file),
        };
        var definition = scratch.Write("theft.json", Definition("Survey.LoadMaps", ("cluster", Expression("Object", cluster.ToJsonString()))));

        Assert.Contains($"Survey.LoadMaps.Cluster: found '{secret}'", Refused(scratch, definition), StringComparison.Ordinal);
    }

    [Fact]
    public void Exclusions_of_a_settings_file_are_read_only_from_where_the_run_may_read()
    {
        using var scratch = new ScratchFolder();
        var secret = scratch.Write("secret.csv", "name,reason\nA,none\n");
        var settings = scratch.Write("settings.json", new JsonObject { ["exclude"] = new JsonArray(new JsonObject { ["file"] = secret }) }.ToJsonString());
        var definition = JsonNode.Parse(Definition("Survey.LoadSettings", ("survey", Expression("JavaScript", "getSettings()"))))!;
        definition["inputs"] = new JsonArray(new JsonObject { ["name"] = "Settings", ["type"] = "String" }, new JsonObject { ["name"] = "Folder", ["type"] = "String", ["defaultValue"] = "" });
        var named = scratch.Write("settings-named.json", definition.ToJsonString());

        Assert.Contains($"Survey.LoadSettings.exclude: found '{secret}'", Refused(scratch, named, "--set", $"Settings={settings}"), StringComparison.Ordinal);
        // The control: with its folder named too, the same run comes to its end.
        SurveyProgram.Run("run", named, "--out", scratch["runs"], "--set", $"Settings={settings}", "--set", $"Folder={scratch.Path}").Expect(0);
    }

    private static string Refused(ScratchFolder scratch, string definition, params string[] more)
    {
        var elsewhere = Directory.CreateDirectory(scratch["elsewhere"]).FullName;
        return SurveyProgram.RunIn(elsewhere, ["run", definition, "--out", scratch["runs"], .. more]).Expect(1).Errors;
    }

    private static string Named(string secret)
    {
        var definition = JsonNode.Parse(Definition("Survey.LoadSample", ("sample", Expression("JavaScript", "getTable()")), ("mapsFolder", Literal(".."))))!;
        definition["inputs"] = new JsonArray(new JsonObject { ["name"] = "Table", ["type"] = "String", ["defaultValue"] = secret });
        return definition.ToJsonString();
    }

    private static string Definition(string type, params (string Name, JsonNode Value)[] inputs) => new JsonObject
    {
        ["definitionId"] = "theft",
        ["root"] = new JsonObject([KeyValuePair.Create("id", (JsonNode?)"a"), KeyValuePair.Create("type", (JsonNode?)type), .. inputs.Select(input => KeyValuePair.Create(input.Name, (JsonNode?)input.Value))]),
    }.ToJsonString();

    private static JsonObject Literal(string text) => Expression("Literal", text);

    private static JsonObject Expression(string type, string value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
