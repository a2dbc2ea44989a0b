using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests;

public sealed class RunInputsTests
{
    private static readonly WorkflowDocument survey = Draw.Definition("survey", Draw.Write("w", "x"), inputs: [Draw.Input("Simulations", "Int32", "1000"), Draw.Input("Title", "String")]);

    [Fact]
    public void Texts_become_values_of_the_declared_types()
    {
        var inputs = RunInputs.Parse(survey, ["Simulations=200", "Title=a = b"]);

        Assert.Equal(200, inputs["Simulations"]!.GetValue<int>());
        Assert.Equal("a = b", inputs["Title"]!.GetValue<string>());
    }

    [Fact]
    public void Every_wrong_assignment_is_named()
    {
        var refused = Assert.Throws<BadInputException>(() => RunInputs.Parse(survey, ["Simulation=200"]));
        Assert.Contains("did you mean 'Simulations'?", refused.Message, StringComparison.Ordinal);

        Assert.Contains("Int32", Assert.Throws<BadInputException>(() => RunInputs.Parse(survey, ["Simulations=many"])).Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<BadInputException>(() => RunInputs.Parse(survey, ["x", "=3"])).Problems.Count);
    }

    [Fact]
    public void What_is_not_declared_is_refused_from_people_and_carried_along_from_programs()
    {
        var given = new Dictionary<string, JsonNode?> { ["Simulations"] = "7", ["Cluster"] = "A85" };

        Assert.Contains("Cluster", Assert.Throws<BadInputException>(() => RunInputs.Check(survey, given)).Message, StringComparison.Ordinal);
        var inputs = RunInputs.Convert(survey, given);
        Assert.Equal((7, "A85"), (inputs["Simulations"]!.GetValue<int>(), inputs["Cluster"]!.GetValue<string>()));
        given["Simulations"] = "many";
        Assert.Contains("Int32", Assert.Throws<BadInputException>(() => RunInputs.Convert(survey, given)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_outside_its_bounds_is_refused_and_one_at_them_is_not()
    {
        var bounded = Draw.Input("Surveys", "Int32", 200);
        (bounded["minimum"], bounded["maximum"]) = (10, 300);
        var definition = Draw.Definition("validated", Draw.Write("w", "x"), inputs: [bounded, Draw.Input("Width", "Double", 1.5)]);

        Assert.Equal(10, RunInputs.Parse(definition, ["Surveys=10"])["Surveys"]!.GetValue<int>());
        Assert.Equal(300, RunInputs.Parse(definition, ["Surveys=300", "Width=-1e9"])["Surveys"]!.GetValue<int>());
        foreach (var text in (string[])["9", "0", "-1", "301"])
        {
            var refused = Assert.Throws<BadInputException>(() => RunInputs.Parse(definition, [$"Surveys={text}"]));
            Assert.Contains("a whole number, at least 10, at most 300", refused.Message, StringComparison.Ordinal);
            Assert.Contains($"\"{text}\"", refused.Message, StringComparison.Ordinal);
        }
        bounded["zeroForNone"] = true;
        definition = Draw.Definition("validated", Draw.Write("w", "x"), inputs: [bounded.DeepClone().AsObject()]);
        Assert.Equal(0, RunInputs.Parse(definition, ["Surveys=0"])["Surveys"]!.GetValue<int>());
        Assert.Contains("0 for none, or a whole number, at least 10", Assert.Throws<BadInputException>(() => RunInputs.Parse(definition, ["Surveys=9"])).Message, StringComparison.Ordinal);
        Assert.Contains("at least 10", Assert.Throws<BadInputException>(() => RunInputs.Parse(definition, ["Surveys=many"])).Message, StringComparison.Ordinal);
    }
}
