using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Format;

public sealed class WorkflowDocumentTests
{
    public static TheoryData<string> Recorded => [.. Directory.EnumerateFiles(SharedData.Path("elsa", "conformance"), "*.json").Select(Path.GetFileNameWithoutExtension).Where(name => name != "expected").Select(name => name!)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Loading_and_saving_gives_the_same_document(string name)
    {
        var text = File.ReadAllText(SharedData.Path("elsa", "conformance", $"{name}.json"));

        var once = WorkflowDocument.Parse(text, name);
        var twice = WorkflowDocument.Parse(once.ToText(), name);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), twice.ToJson()));
        Assert.Equal(once.ToText(), twice.ToText());
    }

    [Fact]
    public void Members_that_nobody_knows_are_kept()
    {
        var document = Draw.Definition("kept", Draw.Activity("a", "Elsa.WriteLine", ("somethingNew", new JsonObject { ["deep"] = new JsonArray(1, 2.50, "x") })));

        Assert.Equal("[1,2.5,\"x\"]", document.ToJson()["root"]!["somethingNew"]!["deep"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"id":"v-amp","name":"Amplitude","typeName":"Double"}""")]
    [InlineData("""
        "{\"id\":\"v-amp\",\"name\":\"Amplitude\",\"typeName\":\"Double\"}"
        """)]
    public void A_variable_is_read_as_Elsa_and_as_Studio_write_it(string value)
    {
        var document = Draw.Definition("v", Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Expression("Variable", JsonNode.Parse(value)))));

        Assert.Equal(("v-amp", "Amplitude"), document.Root!.Input("Text")!.ReferencedVariable);
    }

    [Theory]
    [InlineData("\"left over\"")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("[]")]
    [InlineData("\"{broken\"")]
    public void A_half_edited_expression_loads_and_saves(string value)
    {
        var document = Draw.Definition("half", Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Expression("Variable", JsonNode.Parse(value)))));

        Assert.Equal((null, null), document.Root!.Input("Text")!.ReferencedVariable);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), document.ToJson()["root"]!["text"]!["expression"]!["value"]));
    }

    [Fact]
    public void Node_ids_are_the_ids_from_the_workflow_down_through_containers_and_ports()
    {
        var body = Draw.Sequence("seq1", Draw.Write("w", "x"));
        var document = Draw.Definition("ids", Draw.Flowchart("flow1", [Draw.Activity("each1", "Elsa.ForEach", ("items", Draw.Script("[1]")), ("body", body))])).WithNodeIds();

        Assert.Equal("Workflow1:flow1:each1:seq1:w", document.ToJson()["root"]!["activities"]![0]!["body"]!["activities"]![0]!["nodeId"]!.GetValue<string>());
    }

    [Fact]
    public void Equal_content_has_equal_ids_whatever_the_order_of_members()
    {
        var one = WorkflowDocument.Parse("""{"definitionId":"a","name":"b"}""", "one");
        var other = WorkflowDocument.Parse("""{"name":"b","definitionId":"a"}""", "other");

        Assert.Equal(one.ContentId, other.ContentId);
        Assert.NotEqual(one.ContentId, WorkflowDocument.Parse("""{"name":"c","definitionId":"a"}""", "third").ContentId);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"definitionId":"a","definitionId":"b"}""")]
    public void Text_that_is_no_object_or_names_a_member_twice_is_refused_with_its_source(string text)
    {
        var refused = Assert.Throws<BadInputException>(() => WorkflowDocument.Parse(text, "bad.json"));

        Assert.StartsWith("bad.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_without_a_root_loads()
    {
        var document = WorkflowDocument.Parse("""{"definitionId":"new","root":null}""", "new");

        Assert.Null(document.Root);
        Assert.Equal(SurveyJson.Canonical(JsonNode.Parse("""{"definitionId":"new","root":null}""")), SurveyJson.Canonical(document.ToJson()));
    }
}
