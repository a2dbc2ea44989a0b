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
    [InlineData("CSharp", "1")]
    public void What_is_wrong_forbidden_or_endless_is_a_fault_that_names_the_expression(string type, string text)
    {
        var fault = Assert.Throws<ExpressionException>(() => Evaluate(type, text));

        Assert.StartsWith(type, fault.Message, StringComparison.Ordinal);
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
