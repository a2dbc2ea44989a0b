using CsCheck;
using ClusterSurvey.Workflows.Expressions;

namespace ClusterSurvey.Workflows.Tests.Expressions;

public sealed class WorkflowValueTests
{
    [Theory]
    [InlineData("\"0.5\"", "Double", "0.5")]
    [InlineData("\"\"", "Double", "null")]
    [InlineData("\"16\"", "Int32", "16")]
    [InlineData("16.0", "Int32", "16")]
    [InlineData("\"True\"", "Boolean", "true")]
    [InlineData("1.5", "String", "\"1.5\"")]
    [InlineData("\"0\"", "Object", "\"0\"")]
    [InlineData("\"[1,2]\"", "DoubleArray", "[1,2]")]
    [InlineData("null", "Int32", "null")]
    public void Value_converts_to_its_declared_type(string value, string type, string converted)
        => Assert.Equal(converted, WorkflowValue.Convert(WorkflowValue.Parse(value), type).GetRawText());

    [Theory]
    [InlineData("\"many\"", "Int32")]
    [InlineData("1.5", "Int32")]
    [InlineData("\"1,5\"", "Double")]
    [InlineData("\"maybe\"", "Boolean")]
    [InlineData("{}", "Double")]
    [InlineData("\"99999999999999999999\"", "Int64")]
    public void Value_that_does_not_fit_is_refused(string value, string type)
        => Assert.Throws<FormatException>(() => WorkflowValue.Convert(WorkflowValue.Parse(value), type));

    [Fact]
    public void Any_number_survives_as_text_and_back()
        => Gen.Double.Where(double.IsFinite).Sample(number =>
            WorkflowValue.Convert(WorkflowValue.Of(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)), "Double").GetDouble() == number);
}
