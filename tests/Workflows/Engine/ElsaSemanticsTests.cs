using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Engine;

/// <summary>
/// What documents mean in Elsa 3.8, one small definition for each statement: where flow starts and ends, how lines come together in loops, what scopes
/// hold, and what becomes of values on their way.
/// </summary>
public sealed class ElsaSemanticsTests
{
    /// <summary>Marks of the activities a, b and c, the lines between them, and the one that comes first.</summary>
    public static TheoryData<string, string, string> Starts => new()
    {
        { "start:c mark:b", "c -> a,a -> b", "c" },
        { "start:c", "a -> c,c -> b", "c" },
        { "mark:b", "a -> b,b -> c", "b" },
        { "mark:b mark:c", "b -> c", "b" },
        { "", "b -> a,b -> c", "b" },
        { "", "a -> b,b -> c,c.True -> a", "a" },
        { "", "", "a" },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void Flow_starts_at_a_Start_else_at_a_mark_else_where_no_line_ends_else_at_the_first(string marks, string lines, string first)
    {
        JsonObject[] activities = [.. new[] { "a", "b", "c" }.Select(id => Drawn(marks.Contains($"start:{id}", StringComparison.Ordinal) ? $"{id}:start" : lines.Contains($"{id}.True", StringComparison.Ordinal) ? $"{id}:false" : id))];
        foreach (var activity in activities.Where(activity => marks.Contains($"mark:{activity["id"]}", StringComparison.Ordinal)))
            activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        var definition = Draw.Definition("start", Draw.Flowchart("f", activities, lines.Length == 0 ? [] : lines.Split(',')));
        using var bench = new TestBench(definition);

        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(first, bench.Events.All.OfType<ActivityStarted>().First(started => started.DisplayName != "f").DisplayName);
    }

    /// <summary>Charts: activities (name, or name:type with its main input), lines, and what has completed how often.</summary>
    public static TheoryData<string, string, string> Charts => new()
    {
        // An outcome to which nothing is connected ends that branch, and the chart is done.
        { "d:true a", "d.False -> a", "d f" },
        { "d:false a b", "d.True -> a,a -> b", "d f" },
        { "m:fork(A,B) a", "m.A -> a", "m a f" },
        { "m:fork(A,C) a b c", "m.A -> a,m.B -> b,m.C -> c", "m a c f" },
        // What no line reaches does not run, and a line from it does not count.
        { "s:start a lost", "s -> a,lost -> a", "s a f" },
        // Two outcomes of one activity that lead to the same place run it once.
        { "d:true a", "d.True -> a,d.False -> a", "d a f" },
        { "m:fork(A,B) a", "m.A -> a,m.B -> a", "m a f" },
        // A diamond runs its end once, and a skip goes on past what it skips.
        { "s:start a b c", "s -> a,s -> b,a -> c,b -> c", "s a b c f" },
        { "d:true a b c e", "d.True -> a,d.False -> b,b -> c,a -> e,c -> e", "d a e f" },
        { "d:true a b c e:all", "d.True -> a,d.False -> b,b -> c,a -> e,c -> e", "d a f" },
        { "d:true a b c e:any", "d.True -> a,d.False -> b,b -> c,a -> e,c -> e", "d a e f" },
        { "d:true a b c e:active", "d.True -> a,d.False -> b,b -> c,a -> e,c -> e", "d a e f" },
        // Joins behind joins.
        { "s:start a b c j:any k:all x", "s -> a,s -> b,s -> c,a -> j,b -> j,j -> k,c -> k,k -> x", "s a b c j k x f" },
        { "d:true a b j:all k:active x", "d.True -> a,d.False -> b,a -> j,b -> j,j -> k,a -> k,k -> x", "d a k x f" },
        { "d:true a b j:all k:all x", "d.True -> a,d.False -> b,a -> j,b -> j,j -> k,a -> k,k -> x", "d a f" },
        { "d:true a b j:any k:any x", "d.False -> a,d.False -> b,a -> j,b -> j,j -> k,k -> x", "d f" },
        // A join with one line, whatever its mode; without a mode it is WaitAny.
        { "a j:all", "a -> j", "a j f" },
        { "a j:any", "a -> j", "a j f" },
        { "s:start d:true a j:default x", "s -> d,s -> a,d.False -> j,a -> j,j -> x", "s d a j x f" },
        // End ends the chart with what is still scheduled, and nothing behind it runs.
        { "s:start a e:end b", "s -> a,a -> e,e -> b", "s a e f" },
        { "s:start e:end b", "s -> e,s -> b", "s e f" },
        { "s:start a e:end b", "s -> a,s -> b,b -> e", "s a b e f" },
    };

    [Theory]
    [MemberData(nameof(Charts))]
    public void Chart_runs_what_its_lines_say(string activities, string lines, string completed)
        => Assert.Equal(
            string.Join(", ", completed.Split(' ').Order(StringComparer.Ordinal).Select(id => $"{id} 1")),
            Told(Draw.Flowchart("f", [.. activities.Split(' ').Select(Drawn)], lines.Split(','))));

    /// <summary>How lines come together within a loop of three passes.</summary>
    [Theory]
    [InlineData("all")]
    [InlineData("any")]
    [InlineData("active")]
    [InlineData("default")]
    public void Join_in_a_loop_runs_once_a_pass(string mode)
    {
        var chart = Draw.Flowchart(
            "f",
            [Count("add"), Draw.Write("a", "a"), Draw.Write("b", "b"), Draw.Write("b2", "b"), Drawn($"j:{mode}"), Again("again"), Draw.Write("out", "x")],
            "add -> a", "add -> b", "b -> b2", "a -> j", "b2 -> j", "j -> again", "again.True -> add", "again.False -> out");

        Assert.Equal("a 3, add 3, again 3, b 3, b2 3, f 1, j 3, out 1", Told(chart));
    }

    [Fact]
    public void Loop_in_a_loop_begins_anew_with_every_pass_of_the_outer_one()
    {
        var inner = Draw.Assign("inner", "M", Draw.Script("getM() + 1"));
        var chart = Draw.Flowchart(
            "f",
            [Count("add"), Draw.Assign("zero", "M", Draw.Literal("0")), inner, Drawn("more:getM() < 2"), Again("again"), Draw.Write("out", "x")],
            "add -> zero", "zero -> inner", "inner -> more", "more.True -> inner", "more.False -> again", "again.True -> add", "again.False -> out");

        Assert.Equal("add 3, again 3, f 1, inner 6, more 6, out 1, zero 3", Told(chart));
    }

    [Fact]
    public void Branch_that_one_pass_of_a_loop_skips_runs_in_the_next()
    {
        var chart = Draw.Flowchart(
            "f",
            [Count("add"), Drawn("odd:getN() % 2 === 1"), Draw.Write("a", "a"), Draw.Write("b", "b"), Drawn("j:active"), Again("again")],
            "add -> odd", "odd.True -> a", "odd.False -> b", "a -> j", "b -> j", "j -> again", "again.True -> add");

        Assert.Equal("a 2, add 3, again 3, b 1, f 1, j 3, odd 3", Told(chart));
    }

    [Fact]
    public void End_ends_the_innermost_chart_and_its_container_goes_on()
    {
        var inner = Draw.Flowchart("inner", [Draw.Activity("e", "Elsa.End"), Draw.Write("never", "x")], "e -> never");
        var each = Draw.Activity("each", "Elsa.ForEach", ("items", Draw.Script("[1, 2]")), ("body", inner));

        Assert.Equal("after 1, e 2, each 1, f 1, inner 2", Told(Draw.Flowchart("f", [each, Draw.Write("after", "x")], "each -> after")));
    }

    [Fact]
    public void Fault_in_a_container_leaves_all_containers_around_it_open_and_other_branches_closed()
    {
        var bad = Draw.Sequence("outer", Draw.Write("first", "x"), Draw.Sequence("inside", Draw.Activity("bad", "Elsa.Fault"), Draw.Write("never", "x")), Draw.Write("neither", "x"));
        var chart = Draw.Flowchart("f", [Draw.Activity("s", "Elsa.Start"), bad, Draw.Sequence("good", Draw.Write("g", "x")), Draw.Write("behind", "x")], "s -> outer", "s -> good", "outer -> behind");

        Assert.Equal("first 1, g 1, good 1, s 1", Told(chart, RunStatus.Faulted));
    }

    [Fact]
    public void Fault_in_a_pass_ends_a_loop_that_goes_one_by_one()
    {
        var bad = Draw.Activity("i", "Elsa.If", ("condition", Draw.Script("getCurrentIndex() === 1")), ("then", Draw.Activity("bad", "Elsa.Fault")), ("else", Draw.Write("w", "x")));

        Assert.Equal("i 1, w 1", Told(Draw.Activity("each", "Elsa.ForEach", ("items", Draw.Script("['a', 'b', 'c']")), ("body", bad)), RunStatus.Faulted));
    }

    [Fact]
    public void Fault_of_an_expression_or_a_step_is_the_activity_s()
    {
        Assert.Equal("w 1", Told(Draw.Sequence("s", Draw.Write("w", "x"), Draw.Activity("bad", "Elsa.WriteLine", ("text", Draw.Script("getN().x.y")))), RunStatus.Faulted));
        Assert.Equal("w 1", Told(Draw.Sequence("s", Draw.Write("w", "x"), Draw.Activity("bad", "Survey.MeasureSpectrum")), RunStatus.Faulted));
        Assert.Equal("", Told(Draw.Activity("bad", "Elsa.ForEach", ("items", Draw.Script("5")), ("body", Draw.Write("w", "x"))), RunStatus.Faulted));
    }

    /// <summary>An expression, and the output as it is when a script (or literal) sets it, whatever type the output declares.</summary>
    public static TheoryData<string, string, string, string> Outputs => new()
    {
        { "JavaScript", "5", "String", "5" },
        { "JavaScript", "0.1 + 0.2", "String", "0.30000000000000004" },
        { "JavaScript", "6 / 2", "Double", "3" },
        { "JavaScript", "'' + 6 / 2", "String", "\"3\"" },
        { "JavaScript", "'' + 1e21", "String", "\"1e+21\"" },
        { "JavaScript", "(1 / 3).toFixed(4)", "String", "\"0.3333\"" },
        { "JavaScript", "true", "String", "true" },
        { "JavaScript", "null", "String", "null" },
        { "JavaScript", "undefined", "String", "null" },
        { "JavaScript", "[1, 'a', null, [true]]", "String", "[1,\"a\",null,[true]]" },
        { "JavaScript", "({ b: 1, a: { c: 'x' } })", "String", "{\"b\":1,\"a\":{\"c\":\"x\"}}" },
        { "JavaScript", "let a = 2; let b = 3; a * b", "Int32", "6" },
        { "JavaScript", "if (getN() > 3) 'big'; else 'small';", "String", "\"small\"" },
        { "JavaScript", "[3, 1, 2].sort().join('-')", "String", "\"1-2-3\"" },
        { "JavaScript", "JSON.stringify({ a: [1, 2.5] })", "String", "\"{\\\"a\\\":[1,2.5]}\"" },
        { "JavaScript", "'x' + getText()", "String", "\"xnull\"" },
        { "JavaScript", "getReal() + 1", "String", "1.5" },
        { "JavaScript", "getThing() + 1", "String", "\"01\"" },
        { "JavaScript", "getList().length + getList()[1]", "String", "\"2b\"" },
        { "JavaScript", "getFlag() ? 'yes' : 'no'", "String", "\"yes\"" },
        { "JavaScript", "return getN() + 1;", "String", "1" },
        { "JavaScript", "if (getN() < 3) { return 'small'; } return 'big';", "String", "\"small\"" },
        { "JavaScript", "(() => { const [a, ...rest] = getList(); return { a, rest }; })()", "String", "{\"a\":\"a\",\"rest\":[\"b\"]}" },
        { "JavaScript", "getMissing()?.length ?? `none of ${getCount()}`", "String", "\"none of 7\"" },
        { "JavaScript", "new Date(0).toISOString()", "String", "\"1970-01-01T00:00:00.000Z\"" },
        { "JavaScript", "'2026-11-25'.replace(/-(\\d+)/g, '.$1')", "String", "\"2026.11.25\"" },
        { "JavaScript", "Math.round(2.5) + Math.max(...[1, 2])", "String", "5" },
        { "JavaScript", "1e21", "String", "1E+21" },
        { "JavaScript", "-0", "String", "0" },
        { "JavaScript", "9007199254740993", "String", "9007199254740992" },
        { "JavaScript", "setN(4); getN() * 2", "String", "8" },
        { "JavaScript", "variables.Text = 'new'; variables.Text + getVariable('Text')", "String", "\"newnew\"" },
        { "JavaScript", "", "String", "null" },
        { "JavaScript", "// nothing", "String", "null" },
        { "Literal", "5", "Int32", "\"5\"" },
        { "Literal", "", "String", "\"\"" },
        { "Object", "{\"a\":[1,2]}", "String", "{\"a\":[1,2]}" },
        { "Object", "\"text\"", "String", "\"text\"" },
        { "Liquid", "N={{ Variables.N }} {{ Variables.Real | times: 3 }}{{ Variables.Text }}", "String", "\"N=0 1.5\"" },
        { "Liquid", "{% if Variables.Flag %}yes{% else %}no{% endif %} {{ Variables.List | join: '+' }}", "String", "\"yes a+b\"" },
        { "Variable", "{\"id\":\"Real\",\"name\":\"Real\"}", "String", "0.5" },
        { "Input", "{\"name\":\"Count\",\"type\":\"Int32\"}", "String", "7" },
        { "JavaScript", "getCount() + getInput('Count') + input.Count", "String", "21" },
        { "JavaScript", "getMissing()", "String", "null" },
    };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Output_is_the_value_that_it_was_given(string syntax, string text, string declared, string value)
    {
        var definition = Draw.Definition(
            "output",
            Draw.Output("o", "Out", Draw.Expression(syntax, text)),
            Variables(),
            [Draw.Input("Count", "Int32"), Draw.Input("Missing", "String")],
            [Draw.Declared("Out", declared)]);
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, new JsonObject { ["Count"] = "7" }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Finished, outcome.Status);
        Assert.Equal(value, outcome.Outputs["Out"]?.ToJsonString(ClusterSurvey.Activities.Declaration.SurveyJson.Options) ?? "null");
    }

    [Fact]
    public void Output_that_is_set_several_times_is_the_last_and_one_that_is_never_set_is_not_there()
    {
        var each = Draw.Activity("each", "Elsa.ForEach", ("items", Draw.Script("['a', 'b', 'c']")), ("body", Draw.Output("o", "Out", Draw.Script("getCurrentIndex() + getCurrentValue()"))));
        var definition = Draw.Definition("last", Draw.Sequence("s", Draw.Output("first", "Out", Draw.Literal("x")), each), outputs: [Draw.Declared("Out", "String"), Draw.Declared("Never", "String")]);
        using var bench = new TestBench(definition);

        var outputs = bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs;

        Assert.Equal(["Out"], outputs.Keys);
        Assert.Equal("2c", outputs["Out"]!.GetValue<string>());
    }

    [Fact]
    public void Outputs_that_were_set_before_a_fault_are_kept()
    {
        var definition = Draw.Definition("kept", Draw.Sequence("s", Draw.Output("o", "Out", Draw.Literal("x")), Draw.Activity("bad", "Elsa.Fault")), outputs: [Draw.Declared("Out", "String")]);
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.Faulted, "x"), (outcome.Status, outcome.Outputs["Out"]!.GetValue<string>()));
    }

    /// <summary>What a script assigns to a variable, and what it holds then.</summary>
    [Theory]
    [InlineData("N", "Literal", "12", "12")]
    [InlineData("N", "JavaScript", "'12'", "12")]
    [InlineData("N", "JavaScript", "12.0", "12")]
    [InlineData("Real", "Literal", "1e3", "1000")]
    [InlineData("Real", "JavaScript", "1 / 4", "0.25")]
    [InlineData("Text", "JavaScript", "0.5", "\"0.5\"")]
    [InlineData("Text", "Liquid", "{{ 'a' | upcase }}", "\"A\"")]
    [InlineData("Flag", "Literal", "False", "false")]
    [InlineData("Thing", "JavaScript", "({ a: [1] })", "{\"a\":[1]}")]
    [InlineData("Thing", "Literal", "007", "\"007\"")]
    [InlineData("List", "JavaScript", "['x']", "[\"x\"]")]
    [InlineData("Thing", "JavaScript", "null", "null")]
    [InlineData("N", "JavaScript", "null", "null")]
    public void Variable_holds_what_is_assigned_in_its_own_type(string variable, string syntax, string text, string value)
    {
        var definition = Draw.Definition(
            "assigned",
            Draw.Sequence("s", Draw.Assign("v", variable, Draw.Expression(syntax, text)), Draw.Output("o", "Out", Draw.Expression("Variable", $$"""{"id":"{{variable}}","name":"{{variable}}"}"""))),
            Variables(),
            outputs: [Draw.Declared("Out")]);
        using var bench = new TestBench(definition);

        Assert.Equal(value, bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Out"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Loops_in_loops_see_the_innermost_pass_and_a_body_s_variable_carries_the_outer_one()
    {
        var inner = Draw.Activity("inner", "Elsa.ForEach", ("items", Draw.Script("[1, 2]")), ("body", Draw.Assign("add", "Text", Draw.Script("(getText() || '') + getOuter() + getCurrentValue() + getCurrentIndex() + ' '"))));
        var body = Draw.Sequence("body", Draw.Assign("keep", "Outer", Draw.Script("getCurrentValue() + getCurrentIndex()")), inner);
        body["variables"] = new JsonArray(Draw.Variable("Outer", "String"));
        var definition = Draw.Definition(
            "nested",
            Draw.Sequence("s", Draw.Activity("outer", "Elsa.ForEach", ("items", Draw.Script("['a', 'b']")), ("body", body)), Draw.Output("o", "Out", Draw.Script("getText()"))),
            Variables(),
            outputs: [Draw.Declared("Out")]);
        using var bench = new TestBench(definition);

        Assert.Equal("a010 a021 b110 b121 ", bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Out"]!.GetValue<string>());
    }

    [Fact]
    public void Loop_leaves_its_last_value_in_the_variable_that_its_output_is_mapped_to()
    {
        var each = Draw.Activity("each", "Elsa.ForEach", ("items", Draw.Script("[{ name: 'a' }, { name: 'b' }]")), ("currentValue", Draw.Into("Thing")), ("body", Draw.Write("w", "x")));
        var definition = Draw.Definition("value", Draw.Sequence("s", each, Draw.Output("o", "Out", Draw.Script("getThing().name"))), Variables(), outputs: [Draw.Declared("Out")]);
        using var bench = new TestBench(definition);

        Assert.Equal("b", bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Out"]!.GetValue<string>());
    }

    [Fact]
    public void Passes_of_a_parallel_loop_have_variables_of_their_own_in_their_body()
    {
        var body = Draw.Sequence(
            "body",
            Draw.Activity("load", "Survey.LoadCluster", ("cluster", Draw.Script("getCurrentValue()")), ("map", Draw.Into("Own"))),
            Draw.Activity("w", "Elsa.WriteLine", ("text", Draw.Script("getOwn().cluster + getCurrentIndex()"))));
        body["variables"] = new JsonArray(Draw.Variable("Own", "ClusterMap"));
        var definition = Draw.Definition("own", ParallelForEachTests.Loop("""["A","B","C","D"]""", body));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, parallelism: 4, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(["A0", "B1", "C2", "D3"], bench.Events.All.OfType<ActivityWrote>().Select(wrote => wrote.Text).Order());
        Assert.Equal("body 4, load 4, loop 1, w 4", Told(bench.Ledger.Completions(outcome.InstanceId)));
    }

    [Fact]
    public void Condition_s_result_is_an_output_and_an_output_that_is_mapped_to_nothing_goes_nowhere()
    {
        var choice = Draw.Activity("i", "Elsa.If", ("condition", Draw.Literal("True")), ("result", Draw.Into("Thing")));
        var load = Draw.Activity("l", "Survey.LoadCluster", ("map", null), ("totalCounts", new JsonObject { ["typeName"] = "Double", ["memoryReference"] = null }));
        var definition = Draw.Definition("mapped", Draw.Sequence("s", choice, load, Draw.Output("o", "Out", Draw.Script("[getThing(), getOutputFrom('l', 'TotalCounts')]"))), Variables(), outputs: [Draw.Declared("Out")]);
        using var bench = new TestBench(definition);

        Assert.Equal("[true,1608]", bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Out"]!.ToJsonString());
    }

    [Fact]
    public void Bound_input_that_is_nothing_takes_the_place_of_the_default()
    {
        var report = Draw.Activity("r", "Survey.WriteReport", ("spectrum", Draw.Script("null")), ("title", Draw.Expression("Variable", """{"id":"Text","name":"Text"}""")));
        var definition = Draw.Definition("nothing", Draw.Sequence("s", report, Draw.Output("o", "Out", Draw.Script("getOutputFrom('r', 'Text')"))), Variables(), outputs: [Draw.Declared("Out")]);
        using var bench = new TestBench(definition);

        Assert.Equal(" | A=0.000000 | 0 bins | ", bench.Run(definition, cancellation: TestContext.Current.CancellationToken).Outputs["Out"]!.GetValue<string>());
    }

    [Fact]
    public void Called_workflow_s_outputs_are_read_by_name_and_its_activities_are_not_the_caller_s()
    {
        var child = Draw.Definition("child", Draw.Sequence("inside", Draw.Output("o1", "Text", Draw.Script("'for ' + getName()")), Draw.Output("o2", "Number", Draw.Script("2.5"))), inputs: [Draw.Input("Name", "String")], outputs: [Draw.Declared("Text", "String"), Draw.Declared("Number", "String")]);
        var parent = Draw.Definition(
            "parent",
            Draw.Flowchart("f", [Draw.Call("call", "child", Draw.Expression("Object", """{"Name":"Coma"}"""), "Thing"), Draw.Output("o", "Out", Draw.Script("getThing().Text + ' ' + (getThing().Number + 1)"))], "call -> o"),
            Variables(),
            outputs: [Draw.Declared("Out", "String")]);
        using var bench = new TestBench(child, parent);

        var outcome = bench.Run(parent, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("for Coma 3.5", outcome.Outputs["Out"]!.GetValue<string>());
        Assert.Equal("call 1, f 1, o 1", Told(bench.Ledger.Completions(outcome.InstanceId)));
    }

    private static JsonArray Variables() =>
    [
        Draw.Variable("N", "Int32", "0"), Draw.Variable("M", "Int32", "0"), Draw.Variable("Real", "Double", "0.5"), Draw.Variable("Text", "String"), Draw.Variable("Flag", "Boolean", "True"),
        Draw.Variable("Thing", "Object", "0"), new JsonObject { ["id"] = "List", ["name"] = "List", ["typeName"] = "String", ["isArray"] = true, ["value"] = "[\"a\",\"b\"]" },
    ];

    private static JsonObject Count(string id) => Draw.Assign(id, "N", Draw.Script("getN() + 1"));

    private static JsonObject Again(string id) => Drawn($"{id}:getN() < 3");

    // "a" writes; "a:start", "a:end", "a:fork(A,B)", joins by their mode; else a decision by a script.
    private static JsonObject Drawn(string text)
    {
        var (id, kind) = text.Split(':', 2) is [var before, var after] ? (before, after) : (text, "");
        return kind switch
        {
            "" => Draw.Write(id, id),
            "start" => Draw.Activity(id, "Elsa.Start"),
            "end" => Draw.Activity(id, "Elsa.End"),
            "default" => Draw.Activity(id, "Elsa.FlowJoin"),
            "all" => Join("WaitAll"),
            "any" => Join("WaitAny"),
            "active" => Join("WaitAllActive"),
            _ when kind.StartsWith("fork(", StringComparison.Ordinal) => Draw.Activity(id, "Elsa.FlowFork", ("branches", Draw.Expression("Object", $"[{string.Join(',', kind[5..^1].Split(',').Select(name => $"\"{name}\""))}]"))),
            _ => Draw.Activity(id, "Elsa.FlowDecision", ("condition", Draw.Script(kind))),
        };

        JsonObject Join(string mode) => Draw.Activity(id, "Elsa.FlowJoin", ("mode", Draw.Literal(mode)));
    }

    private static string Told(JsonObject root, RunStatus status = RunStatus.Finished) => Told(Counts(Draw.Definition("told", root, Variables()), status));

    private static string Told(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));

    private static IReadOnlyDictionary<string, int> Counts(WorkflowDocument definition, RunStatus status = RunStatus.Finished)
    {
        using var bench = new TestBench(definition);
        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(status, outcome.Status);
        return bench.Ledger.Completions(outcome.InstanceId);
    }
}
