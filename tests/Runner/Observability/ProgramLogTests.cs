using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Tests.Schedules;
using ClusterSurvey.Runner.Tests.Web;

namespace ClusterSurvey.Runner.Tests.Observability;

/// <summary>What a process writes down, and what it must not.</summary>
public sealed class ProgramLogTests : IDisposable
{
    private const string Greeting = """{ "definitionId": "say", "name": "Say", "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } } }""";

    private const string Token = "T0KEN-of-the-hook-4711";

    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Log_is_lines_of_JSON_in_a_bounded_number_of_files_of_a_bounded_length()
    {
        using (var log = ProgramLog.Logger(folder["logs"], "serve", fileBytes: 3000, files: 3, () => true))
            for (var i = 0; i < 200; i++) log.Information("{Text:l}", $"line {i}");

        var files = Directory.GetFiles(folder["logs"], "*.jsonl").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(3, files.Count);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, 3500));
        var lines = files.SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("line 199", lines[^1]["@m"]!.GetValue<string>());
        Assert.All(lines, line => Assert.Equal("serve", line["Role"]!.GetValue<string>()));
        Assert.All(lines, line => Assert.True(DateTimeOffset.TryParse(line["@t"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out _)));
    }

    [Fact]
    public void Two_processes_of_a_role_write_to_files_of_their_own()
    {
        using (var first = ProgramLog.Logger(folder["logs"], "worker", 3000, 9, () => true))
        using (var second = ProgramLog.Logger(folder["logs"], "worker", 3000, 9, () => true))
        {
            first.Information("{Text:l}", "one");
            second.Information("{Text:l}", "two");
            first.Information("{Text:l}", "three");
        }
        var told = Directory.GetFiles(folder["logs"], "*.jsonl").Select(file => string.Join(' ', File.ReadLines(file).Select(line => JsonNode.Parse(line)!["@m"]!.GetValue<string>()))).Order(StringComparer.Ordinal);
        Assert.Equal(["one three", "two"], told);
    }

    [Fact]
    public void No_folder_is_made_for_a_log_where_there_are_no_runs()
    {
        using (var log = ProgramLog.Logger(folder["runs", ".logs"], "serve", 3000, 3, () => Directory.Exists(folder["runs"]))) log.Error("{Text:l}", "no such place");
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Theory]
    [InlineData("cannot connect: Host=db;Username=me;Password=open-sesame;Timeout=3", "cannot connect: Host=db;Username=me;Password=***;Timeout=3")]
    [InlineData("pwd = open-sesame", "pwd = ***")]
    [InlineData("key cs_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef was shown", "key *** was shown")]
    [InlineData("Authorization: ApiKey c2VjcmV0LXZhbHVl", "Authorization: ApiKey ***")]
    [InlineData("https://hooks.example.org/services/T0/B1/xyz?sig=1 was not told", "https://hooks.example.org/*** was not told")]
    [InlineData("postgres://me:open-sesame@db/survey and http://me:open-sesame@host", "postgres://me:***@db/survey and http://host")]
    [InlineData("listening on http://127.0.0.1:5080; Ctrl-C stops", "listening on http://127.0.0.1:5080; Ctrl-C stops")]
    [InlineData("A2142: Train likelihoods (region II) done, see http://127.0.0.1:5080/", "A2142: Train likelihoods (region II) done, see http://127.0.0.1:5080/")]
    public void Whatever_has_the_form_of_a_secret_is_struck_out(string said, string written) => Assert.Equal(written, KnownSecrets.TakeOutOf(said));

    [Fact]
    public void A_secret_that_was_used_is_struck_out_in_every_spelling()
    {
        KnownSecrets.AddPasswordOf("Host=db;Password=\"q\"\"uo te/4711\"");
        using (var log = ProgramLog.Logger(folder["logs"], "worker", 3000, 3, () => true)) log.Error(new IOException("with q\"uo te/4711"), "{Text:l} {More}", "refused q\"uo te/4711", "http://h/?p=q%22uo%20te%2F4711");
        var text = File.ReadAllText(Assert.Single(Directory.GetFiles(folder["logs"], "*.jsonl")));
        Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
        Assert.Contains("refused ***", text, StringComparison.Ordinal);
    }

    /// <summary>The secrets are really used: the hook is called with its token, a page is asked for with the key.</summary>
    [Fact]
    public async Task Nothing_that_a_server_leaves_tells_a_secret_and_its_log_tells_its_runs()
    {
        using var sink = new WebSink { Status = 500 };
        var home = folder["runs"];
        var key = SurveyProgram.Run("keys", "create", "Ada", "--data", home).Expect(0).Output.Trim();
        SurveyProgram.Run("schedule", "add", "now", "--cron", "@yearly", "--run", folder.Write("say.json", Greeting), "--notify", sink.Address + "hook/{env:HOOK_TOKEN}", "--out", home).Expect(0);
        using (var server = ServedRuns.Start(home, ("HOOK_TOKEN", Token)))
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"ApiKey {key}");
            Assert.True((await client.GetAsync($"{server.Address}/runs", cancellation)).IsSuccessStatusCode);
            SurveyProgram.Run("schedule", "run-now", "now", "--out", home).Expect(0);
            while (!sink.Received.Any(request => request.Path.Contains(Token, StringComparison.Ordinal))) await Task.Delay(50, cancellation);
            server.End(SurveyProgram.Terminate);
        }

        var files = Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "manifest.json");
        Assert.All(files, file =>
        {
            var content = File.ReadAllBytes(file).AsSpan();
            Assert.True(content.IndexOf(Encoding.UTF8.GetBytes(Token)) < 0 && content.IndexOf(Encoding.UTF8.GetBytes(key)) < 0, file);
        });
        var lines = File.ReadLines(Assert.Single(Directory.GetFiles(Path.Combine(home, ProgramLog.Folder), "*.jsonl"))).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Contains(lines, line => line["@m"]!.GetValue<string>().StartsWith("listening on http://127.0.0.1:", StringComparison.Ordinal));
        var run = Assert.Single(lines, line => line["What"]?.GetValue<string>() == "run");
        Assert.Equal("Finished", run["Outcome"]!.GetValue<string>());
        Assert.StartsWith("say-", run["Run"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
