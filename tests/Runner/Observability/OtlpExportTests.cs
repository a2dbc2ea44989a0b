using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Tests.Schedules;

namespace ClusterSurvey.Runner.Tests.Observability;

public sealed class OtlpExportTests : IDisposable
{
    private const string Greeting = """{ "definitionId": "say", "name": "Say", "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } } }""";

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_collector_receives_traces_and_metrics_of_a_run_when_the_standard_variable_names_one()
    {
        using var sink = new WebSink { Status = 200 };
        using var process = SurveyProgram.Start(folder.Path, [("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_RESOURCE_ATTRIBUTES", "site=roof")],
            "run", folder.Write("say.json", Greeting), "--out", folder["runs"]);
        SurveyProgram.Finish(process).Expect(ExitCode.Done);

        var (traces, metrics) = (Bodies(sink, "/v1/traces"), Bodies(sink, "/v1/metrics"));
        // Names are texts in the binary form too.
        Assert.All((string[])["clustersurvey", "roof", "clustersurvey.run", "say-", "Finished"], word => Assert.Contains(word, traces, StringComparison.Ordinal));
        Assert.Contains("clustersurvey.run.duration", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_address_of_a_collector_is_refused()
    {
        using var process = SurveyProgram.Start(folder.Path, [("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")], "run", folder.Write("say.json", Greeting), "--out", folder["runs"]);
        Assert.StartsWith("error: OTEL_EXPORTER_OTLP_ENDPOINT: found something else", SurveyProgram.Finish(process).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Fact]
    public void Nothing_listens_and_nothing_is_sent_without_a_variable() => Assert.Null(OtlpExport.Open("run"));

    private static string Bodies(WebSink sink, string path) => string.Concat(sink.Received.Where(request => request.Path == path).Select(request => request.Body));
}
