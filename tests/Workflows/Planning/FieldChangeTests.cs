using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Workflows.Tests.Planning;

public sealed class FieldChangeTests
{
    [Fact]
    public void A_change_deep_in_an_input_is_named_by_its_path()
    {
        var change = Assert.Single(Between("""{"version":1,"input:Prior":{"parameters":[{"high":0},{"high":6}]}}""", """{"version":1,"input:Prior":{"parameters":[{"high":0},{"high":5}]}}"""));
        Assert.Equal(new FieldChange("Prior.parameters[1].high", "6", "5"), change);
    }

    [Fact]
    public void Parts_that_come_and_go_are_changes()
        => Assert.Equal([new FieldChange("seed", "", "\"1\""), new FieldChange("Cut", "2", "")], Between("""{"input:Cut":2}""", """{"seed":"1"}"""));

    [Fact]
    public void A_list_of_another_length_is_one_change()
        => Assert.Equal(new FieldChange("Regions", "[1,2]", "[1]"), Assert.Single(Between("""{"input:Regions":[1,2]}""", """{"input:Regions":[1]}""")));

    [Fact]
    public void Things_with_names_are_told_apart_by_their_names()
    {
        var changes = Between("""{"input:Regions":[{"name":"I","outer":1},{"name":"II","outer":2}]}""", """{"input:Regions":[{"name":"0","outer":0},{"name":"II","outer":3}]}""");
        Assert.Equal([new("Regions[0]", "", """{"name":"0","outer":0}"""), new("Regions[II].outer", "2", "3"), new("Regions[I]", """{"name":"I","outer":1}""", "")], changes);
    }

    [Fact]
    public void Another_order_is_a_change()
        => Assert.Equal("Regions", Assert.Single(Between("""{"input:Regions":[{"name":"I"},{"name":"II"},{"name":"III"}]}""", """{"input:Regions":[{"name":"II"},{"name":"I"}]}""")).Field);

    [Fact]
    public void Nothing_differs_in_another_order() => Assert.Empty(Between("""{"a":1,"b":{"c":2,"d":3}}""", """{"b":{"d":3,"c":2},"a":1}"""));

    private static IReadOnlyList<FieldChange> Between(string old, string now) => FieldChange.Between(JsonNode.Parse(old)!.AsObject(), JsonNode.Parse(now)!.AsObject());
}
