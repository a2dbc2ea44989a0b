using System.Text.Json;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Expressions;

public sealed class ExpressionEvaluatorTests
{
    private readonly ExpressionEvaluator evaluator = new();

    [Theory]
    [InlineData("Literal", "16", "\"16\"")]
    [InlineData("Object", "{\"scale\": 2}", "{\"scale\": 2}")]
    [InlineData("Object", "", "null")]
    [InlineData("Variable", "{\"id\":\"amplitude\"}", "1.5")]
    [InlineData("Variable", "{\"id\":\"gone\",\"name\":\"amplitude\"}", "1.5")]
    [InlineData("Input", "{\"name\":\"Cluster\"}", "\"A2319\"")]
    [InlineData("JavaScript", "getAmplitude() * 2", "3")]
    [InlineData("JavaScript", "getVariable('amplitude')", "1.5")]
    [InlineData("JavaScript", "variables.amplitude + 0.25", "1.75")]
    [InlineData("JavaScript", "`${getInput('Cluster')} ${input.Cluster}`", "\"A2319 A2319\"")]
    [InlineData("JavaScript", "getLogSigma()", "-1")]
    [InlineData("JavaScript", "getCluster()", "\"A2319\"")]
    [InlineData("JavaScript", "getAmplitudeFromMeasure1()", "25")]
    [InlineData("JavaScript", "getOutputFrom('measure_1', 'Amplitude')", "25")]
    [InlineData("JavaScript", "getList().map(x => x * x)", "[1,4,9]")]
    [InlineData("JavaScript", "({ a: getList()[1], b: null })", "{\"a\":2,\"b\":null}")]
    [InlineData("JavaScript", "undefined", "null")]
    [InlineData("JavaScript", "isNullOrEmpty('') && !isNullOrWhiteSpace('x')", "true")]
    [InlineData("JavaScript", "toJson({ x: 1 })", "\"{\\\"x\\\":1}\"")]
    [InlineData("Liquid", "{{ Input.Cluster }}: {{ Variables.amplitude | round: 1 }}", "\"A2319: 1.5\"")]
    [InlineData("Liquid", "{% for x in Variables.List %}{{ x }};{% endfor %}", "\"1;2;3;\"")]
    [InlineData("Liquid", "{{ Variables.Deep.inner.name }}", "\"n\"")]
    public void Value_is_what_the_expression_says(string type, string text, string value)
        => Assert.Equal(value, Evaluate(type, text).GetRawText());

    [Theory]
    [InlineData("JavaScript", "getAmplitud()")]
    [InlineData("JavaScript", "throw new Error('no')")]
    [InlineData("JavaScript", "while (true) {}")]
    [InlineData("JavaScript", "(function f() { return f(); })()")]
    [InlineData("JavaScript", "let s = 'x'; while (true) s += s + s;")]
    [InlineData("JavaScript", "System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("JavaScript", "importNamespace('System.IO')")]
    [InlineData("JavaScript", "eval('1 + 1')")]
    [InlineData("JavaScript", "new Function('return 1')()")]
    [InlineData("JavaScript", "Math.random()")]
    [InlineData("JavaScript", "(() => 1)")]
    [InlineData("Variable", "{\"id\":\"gone\"}")]
    [InlineData("Variable", "left over")]
    [InlineData("Input", "{\"name\":\"gone\"}")]
    [InlineData("Object", "{broken")]
    [InlineData("Liquid", "{% if %}")]
    [InlineData("JavaScript", "import('fs')")]
    [InlineData("JavaScript", "''.constructor.constructor('return this')()")]
    [InlineData("JavaScript", "getAmplitude.constructor('return 1')()")]
    [InlineData("JavaScript", "Object.getPrototypeOf(function*(){}).constructor('yield 1')().next().value")]
    [InlineData("JavaScript", "new Uint8Array(2 ** 30)")]
    [InlineData("JavaScript", "new ArrayBuffer(8)")]
    [InlineData("JavaScript", "Atomics.wait")]
    [InlineData("JavaScript", "let b = 2n; while (true) b = b * b")]
    [InlineData("JavaScript", "BigInt(2)")]
    [InlineData("JavaScript", "let d = []; for (let i = 0; i < 100000; i++) d = [d]; d")]
    [InlineData("JavaScript", "let d = []; for (let i = 0; i < 100000; i++) d = [d]; JSON.stringify(d)")]
    [InlineData("JavaScript", "let d = []; for (let i = 0; i < 100000; i++) d = { d }; toJson(d)")]
    [InlineData("JavaScript", "function more() { return { get deeper() { return more(); } }; } JSON.stringify(more())")]
    [InlineData("JavaScript", "let o = {}; o.o = o; o")]
    [InlineData("JavaScript", "({ get x() { while (true) {} } })")]
    [InlineData("JavaScript", "/(a+)+$/.test('a'.repeat(40) + 'b')")]
    [InlineData("JavaScript", "new RegExp('(a+)+$').test('a'.repeat(40) + 'b')")]
    [InlineData("JavaScript", "'x'.repeat(2 ** 30)")]
    [InlineData("JavaScript", "new Array(2 ** 32 - 1).fill(0)")]
    [InlineData("JavaScript", "let a = [1]; for (let i = 0; i < 40; i++) a = a.concat(a)")]
    [InlineData("JavaScript", "let r = []; r.length = 2 ** 32 - 1; r.reverse()")]
    [InlineData("Liquid", "{% for i in (1..1000000000) %}x{% endfor %}")]
    [InlineData("Liquid", "{% tablerow i in (1..1000000000) %}x{% endtablerow %}")]
    [InlineData("Liquid", "{% assign s = 'x' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s | size }}")]
    [InlineData("Liquid", "{% assign s = 'x' %}{% for i in (1..60) %}{% assign s = s | prepend: s %}{% endfor %}{{ s | size }}")]
    [InlineData("Liquid", "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..20) %}{% assign s = s | replace: 'x', 'xxxxxxxxxx' %}{% endfor %}{{ s | size }}")]
    [InlineData("Liquid", "{% capture x %}x{% endcapture %}{% for i in (1..60) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}{{ x | size }}")]
    [InlineData("Liquid", "{% capture x %}{% for i in (1..5000) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endcapture %}{% for i in (1..5000) %}{{ x }}{% endfor %}")]
    [InlineData("Liquid", "{% include '/etc/passwd' %}")]
    [InlineData("Liquid", "{% extends 'passwd' %}")]
    [InlineData("Liquid", "{{ 1 | divided_by: 0 }}")]
    [InlineData("CSharp", "1")]
    public void What_is_wrong_forbidden_or_endless_is_a_fault_that_names_the_expression(string type, string text)
    {
        var fault = Assert.Throws<ExpressionException>(() => Evaluate(type, text));

        Assert.StartsWith(type, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JavaScript", "[", "]")]
    [InlineData("JavaScript", "(", ")")]
    [InlineData("JavaScript", "{", "}")]
    [InlineData("JavaScript", "!", "1")]
    [InlineData("Liquid", "{% if true %}", "{% endif %}")]
    public void Text_that_is_nested_without_end_is_a_fault(string type, string open, string close)
        => Assert.Throws<ExpressionException>(() => Evaluate(type, string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000))));

    [Fact]
    public void Stringify_keeps_what_it_means_in_scripts()
    {
        Assert.Equal("\"{\\\"a\\\":1,\\\"c\\\":[2,{\\\"a\\\":3}]}\"", Evaluate("JavaScript", "JSON.stringify({ a: 1, b: 2, c: [2, { a: 3, b: 4 }] }, ['a', 'c'])").GetRawText());
        Assert.Equal("\"{\\\"a\\\":2}\"", Evaluate("JavaScript", "JSON.stringify({ a: 1, b: 'x' }, (key, value) => key === 'b' ? undefined : key === 'a' ? value + 1 : value)").GetRawText());
        Assert.Equal("\"[\\n 1\\n]\"", Evaluate("JavaScript", "JSON.stringify([1], null, 1)").GetRawText());
        Assert.Equal("null", Evaluate("JavaScript", "JSON.stringify(undefined)").GetRawText());
    }

    [Fact]
    public void Scripts_leave_nothing_behind_for_the_next_one()
    {
        Evaluate("JavaScript", "Object.prototype.amplitude = 7; globalThis.left = 1; JSON.stringify = () => 'mine'; 0");

        Assert.Equal("[null,null,\"[1]\"]", Evaluate("JavaScript", "[({}).amplitude, globalThis.left, JSON.stringify([1])]").GetRawText());
    }

    [Fact]
    public void Cancelled_script_is_a_cancelled_run_and_no_fault()
        => Assert.ThrowsAny<OperationCanceledException>(() => evaluator.Evaluate(new Expression("JavaScript", "while (true) {}", ""), FixedScope.Of("{}"), new CancellationToken(canceled: true)));

    [Fact]
    public void Scripts_assign_variables_by_accessor_by_name_and_by_member()
    {
        var scope = FixedScope.Of("""{"a":0,"b":0,"c":0}""");

        evaluator.Evaluate(new Expression("JavaScript", "setA(1); setVariable('b', [2]); variables.c = { d: 3 };", ""), scope, TestContext.Current.CancellationToken);

        Assert.Equal(["1", "[2]", "{\"d\":3}"], scope.Variables.Values.Select(value => value.GetRawText()));
    }

    private JsonElement Evaluate(string type, string text)
        => evaluator.Evaluate(new Expression(type, text, ""), FixedScope.Of("""{"amplitude":1.5,"List":[1,2,3],"Deep":{"inner":{"name":"n"}},"log_sigma":-1}""", """{"Cluster":"A2319"}"""), TestContext.Current.CancellationToken);
}
