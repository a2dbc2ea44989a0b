using System.Text.Json.Nodes;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Workflows.Tests.Validation;

public sealed class DefinitionValidatorTests
{
    private static readonly JsonArray amplitude = [Draw.Variable("Amplitude", "Double", "0")];

    /// <summary>What is wrong, the pointer of the place, and a word of the advice.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { Text(Draw.Activity("a", "Survey.LoadClusters")), "/root/type", "Survey.LoadCluster" },
        { Text(Draw.Activity("a", "Elsa.FlowSwitch")), "/root/type", "Elsa." },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("clustre", Draw.Literal("A2319")))), "/root/clustre", "cluster" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("size", Draw.Literal("many")))), "/root/size/expression/value", "correct" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("size", Draw.Literal("64")))), "/root/size/expression/value", "range" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("instrument", Draw.Literal("Mos3")))), "/root/instrument/expression/value", "choose" },
        { Text(Draw.Activity("a", "Survey.Work")), "/root/name", "bind" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("totalCounts", Draw.Into("Amplitud")))), "/root/totalCounts/memoryReference/id", "Amplitude" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("totalCount", Draw.Into("Amplitude")))), "/root/totalCount", "totalCounts" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("getAmplitud()")))), "/root/text/expression/value", "Amplitude" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("variables.Amplitud")))), "/root/text/expression/value", "Amplitude" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("getInput('Claster')")))), "/root/text/expression/value", "Cluster" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("1 +")))), "/root/text/expression/value", "correct" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("newGuidString()")))), "/root/text/expression/value", "gives to scripts" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("toJSON(1)")))), "/root/text/expression/value", "toJson" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Expression("Liquid", "{% if %}")))), "/root/text/expression/value", "correct" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Expression("CSharp", "1")))), "/root/text/expression/value", "JavaScript" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Expression("Variable", "left over")))), "/root/text/expression/value", "pick" },
        { Text(Draw.Flowchart("f", [Draw.Write("w", "x")], "w -> v")), "/root/connections/0/target/activity", "w" },
        { Text(Draw.Flowchart("f", [Draw.Write("w", "x"), Draw.Write("v", "x")], "w.True -> v")), "/root/connections/0/source/port", "Done" },
        { Text(Draw.Flowchart("f", [Draw.Activity("m", "Survey.MeasureSpectrum"), Draw.Write("v", "x")], "m.Low signals -> v")), "/root/connections/0/source/port", "Low signal" },
        { Text(Draw.Flowchart("f", [Draw.Write("s", "x"), Draw.Write("a", "x"), Draw.Write("b", "x"), Draw.Write("c", "x")], "s -> a", "s -> b", "a -> c", "b -> c", "c -> a")), "/root/connections/4", "before the branches part" },
        { Text(Draw.Sequence("s", Draw.Write("w", "x"), Draw.Write("w", "y"))), "/root/activities/1/id", "another id" },
        { Text(Draw.Activity("p", "Elsa.ParallelForEach", ("items", Draw.Script("[1]")), ("body", Draw.Activity("l", "Survey.LoadCluster", ("totalCounts", Draw.Into("Amplitude")))))), "/root/body/totalCounts/memoryReference/id", "body" },
        { Text(Draw.Activity("p", "Elsa.ParallelForEach", ("items", Draw.Script("[1]")), ("body", Draw.Assign("s", "Amplitude", Draw.Literal("1"))))), "/root/body/variable", "body" },
        { Text(Draw.Activity("p", "Elsa.ParallelForEach", ("items", Draw.Script("[1]")), ("body", Draw.Activity("w", "Elsa.WriteLine", ("text", Draw.Script("setAmplitude(1)")))))), "/root/body/text/expression/value", "body" },
        { Text(Draw.Call("c", "nobody", Draw.Expression("Object", "{}"))), "/root/workflowDefinitionId/expression/value", "choose from wrong" },
        { Text(Draw.Call("c", "wrong", Draw.Expression("Object", "{}"))), "/root/workflowDefinitionId/expression/value", "loop" },
        { Text(Draw.Activity("c", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal("other")))), "/root/waitForCompletion", "bind" },
        { Text(Draw.Output("o", "Reprot", Draw.Literal("x"))), "/root/outputName/expression/value", "Report" },
        { Text(Draw.Flowchart("f", [Draw.Activity("j", "Elsa.FlowJoin", ("mode", Draw.Literal("WaitSome")))])), "/root/activities/0/mode/expression/value", "WaitA" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("clustre", "A2319"))), "/root/clustre", "cluster" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("retries", 3))), "/root/retries", "Survey.LoadCluster" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("variables", new JsonArray()))), "/root/variables", "Survey.LoadCluster" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("cluster", "A2319"))), "/root/cluster", "expression" },
        { Text(Draw.Activity("a", "Survey.LoadCluster", ("cluster", new JsonObject { ["expression"] = new JsonObject { ["value"] = "A2319" } }))), "/root/cluster/expression", "type" },
        { Text(Draw.Activity("s", "Elsa.Sequence", ("activities", new JsonObject()))), "/root/activities", "list" },
        { Text(Draw.Activity("s", "Elsa.Sequence", ("activities", new JsonArray(Draw.Write("w", "x"), 5)))), "/root/activities/1", "object" },
        { Text(Draw.Activity("e", "Elsa.ForEach", ("items", Draw.Script("[1]")), ("body", "w"))), "/root/body", "activity" },
        { Text(Draw.Activity("e", "Elsa.ForEach", ("items", Draw.Script("[1]")), ("parallel~/", true))), "/root/parallel~0~1", "Elsa.ForEach" },
        { Text(Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("getAmplitudeFromM()")))), "/root/text/expression/value", "Amplitude" },
        { Text(Draw.Activity("f", "Elsa.Fork", ("branches", new JsonArray(Draw.Assign("x", "Amplitude", Draw.Literal("1")), Draw.Assign("y", "Amplitude", Draw.Literal("2")))))), "/root/branches/1", "variable for each" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problem_names_its_place_and_what_to_do(string root, string pointer, string advice)
    {
        var definition = Draw.Definition("wrong", JsonNode.Parse(root)!.AsObject(), (JsonArray)amplitude.DeepClone(), [Draw.Input("Cluster", "String")], [Draw.Declared("Report")]);

        var problems = Validate(definition);

        var problem = Assert.Single(problems, candidate => candidate.Pointer == pointer);
        Assert.Contains(advice, $"{problem.Expected} {problem.Remedy}", StringComparison.Ordinal);
        Assert.NotNull(problem.Activity);
    }

    [Theory]
    [InlineData("activationStrategyType", "\"Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core\"", false)]
    [InlineData("activationStrategyType", "\"Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core\"", true)]
    [InlineData("incidentStrategyType", "\"RetryStrategy\"", false)]
    [InlineData("incidentStrategyType", "\"FaultStrategy\"", true)]
    [InlineData("usableAsActivity", "true", true)]
    [InlineData("commitStrategyName", "null", true)]
    [InlineData("timeLimit", "5", false)]
    public void Option_that_would_change_the_run_is_honoured_or_refused(string name, string value, bool isGood)
    {
        var json = Draw.Definition("options", Draw.Write("w", "x")).ToJson();
        json["options"] = new JsonObject { [name] = JsonNode.Parse(value) };

        var problems = Validate(WorkflowDocument.Parse(json.ToJsonString(), "options"));

        Assert.Equal(isGood ? [] : [$"/options/{name}"], problems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void What_designers_remember_about_an_activity_is_no_problem()
    {
        var activity = Draw.Activity(
            "a", "Elsa.WriteLine", ("text", Draw.Literal("x")), ("nodeId", "Workflow1:a"), ("version", 1), ("source", null),
            ("metadata", new JsonObject { ["designer"] = new JsonObject { ["colour"] = "red", ["unheardOf"] = new JsonArray(1) } }),
            ("customProperties", new JsonObject { ["canStartWorkflow"] = false, ["anything"] = 5 }));

        Assert.Empty(Validate(Draw.Definition("designer", activity)));
    }

    [Fact]
    public void Defaults_outside_the_bounds_of_their_inputs_and_bounds_that_nothing_meets_are_refused()
    {
        JsonObject Bounded(string name, JsonNode value, double minimum, double maximum)
        {
            var input = Draw.Input(name, "Int32", value);
            (input["minimum"], input["maximum"]) = (minimum, maximum);
            return input;
        }

        var definition = Draw.Definition("bounded", Draw.Write("w", "x"), inputs: [Bounded("A", 5, 5, 5), Bounded("B", "4", 5, 9), Bounded("C", 6, 7, 5)]);

        var problems = Validate(definition);
        Assert.Equal(["/inputs/1/defaultValue", "/inputs/2/defaultValue", "/inputs/2/minimum"], problems.Select(problem => problem.Pointer).Order(StringComparer.Ordinal));
        Assert.Equal("a whole number, at least 5, at most 9", problems.Single(problem => problem.Pointer == "/inputs/1/defaultValue").Expected);
    }

    [Fact]
    public void Accessors_of_inputs_and_outputs_are_no_variables()
    {
        var script = Draw.Script("getCluster() + getTotalCountsFromLoad1()");
        var load = Draw.Activity("l", "Survey.LoadCluster", ("name", "load_1"));

        Assert.Empty(Validate(Draw.Definition("accessors", Draw.Sequence("s", load, Draw.Activity("w", "Elsa.WriteLine", ("text", script))), inputs: [Draw.Input("Cluster", "String")])));
    }

    [Fact]
    public void All_problems_are_gathered()
    {
        var definition = Draw.Definition("many", Draw.Sequence("s", Draw.Activity("a", "Nothing"), Draw.Activity("b", "Survey.Work"), Draw.Write("b", "x")));

        Assert.Equal(["/root/activities/0/type", "/root/activities/1/name", "/root/activities/2/id"], Validate(definition).Select(problem => problem.Pointer).Order());
    }

    [Fact]
    public void Every_recorded_definition_is_good()
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("elsa", "conformance"), "*.json").Where(file => !file.EndsWith("expected.json", StringComparison.Ordinal)))
            Assert.Empty(Validate(WorkflowDocument.Load(file)));
    }

    [Fact]
    public void Activities_of_a_real_server_that_the_engine_does_not_run_are_refused_by_name()
    {
        var answer = JsonNode.Parse(File.ReadAllText(SharedData.Path("elsa", "contract", "GET_descriptors_activities.json")))!["response"]!;
        var types = answer["items"]!.AsArray().Select(item => item!["typeName"]!.GetValue<string>()).Where(type => type.StartsWith("Elsa.", StringComparison.Ordinal)).Distinct().ToArray();
        string[] run =
        [
            "Elsa.DispatchWorkflow", "Elsa.End", "Elsa.Fault", "Elsa.FlowDecision", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.Flowchart", "Elsa.ForEach", "Elsa.Fork", "Elsa.If", "Elsa.ParallelForEach",
            "Elsa.Sequence", "Elsa.SetOutput", "Elsa.SetVariable", "Elsa.Start", "Elsa.WriteLine",
        ];

        Assert.All(types.Except(run), type =>
        {
            var problem = Assert.Single(Validate(Draw.Definition("foreign", Draw.Sequence("s", Draw.Activity("a", type)))));
            Assert.Equal(("a", "/root/activities/0/type", $"the type '{type}'"), (problem.Activity, problem.Pointer, problem.Found));
        });
        Assert.All(run, type => Assert.DoesNotContain(Validate(Draw.Definition("known", Draw.Activity("a", type))), problem => problem.Pointer == "/root/type"));
    }

    [Fact]
    public void Definitions_that_call_each_other_are_refused()
    {
        var first = Draw.Definition("first", Draw.Call("c", "second", Draw.Expression("Object", "{}")));
        var second = Draw.Definition("second", Draw.Call("c", "first", Draw.Expression("Object", "{}")));

        var problem = Assert.Single(new DefinitionValidator(TestBench.Catalog, new DefinitionLibrary([first, second])).Validate(first));

        Assert.Contains("first -> second -> first", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_a_script_s_own_are_no_variables()
    {
        var definition = Draw.Definition("own", Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script("function getMine() { return 1; } getMine() + getAmplitude()"))), (JsonArray)amplitude.DeepClone());

        Assert.Empty(Validate(definition));
    }

    [Theory]
    [InlineData("function twice(x) { return 2 * x; } twice(getAmplitude())")]
    [InlineData("const { f, g: [h] } = { f: x => x, g: [x => x] }; f(h(1))")]
    [InlineData("[1, 2].map((x, i, all) => String(x) + parseInt('7') + isNaN(i))")]
    [InlineData("(function again(n, done) { return n > 0 ? again(n - 1, done) : done(n); })(3, n => n)")]
    [InlineData("let f; f = () => 1; f() + Number('2') + new Date(0).getTime()")]
    public void Functions_of_the_language_and_of_the_script_are_known(string script)
        => Assert.Empty(Validate(Draw.Definition("known", Draw.Activity("a", "Elsa.WriteLine", ("text", Draw.Script(script))), (JsonArray)amplitude.DeepClone())));

    private static IReadOnlyList<DefinitionProblem> Validate(WorkflowDocument definition) => new DefinitionValidator(TestBench.Catalog, new DefinitionLibrary([definition])).Validate(definition);

    private static string Text(JsonObject root) => root.ToJsonString();
}
