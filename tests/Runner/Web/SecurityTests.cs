using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Web;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Web;

/// <summary>Who may use the web application, from where, and with how much.</summary>
public sealed class SecurityTests : IDisposable
{
    private const string Definitions = "/elsa/api/workflow-definitions";

    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    [Fact]
    public async Task On_loopback_its_own_pages_may_ask_without_a_key()
    {
        await using var server = await Start(IPAddress.Loopback);
        Assert.Equal(HttpStatusCode.OK, await Status(server, "/runs"));
        Assert.Equal(HttpStatusCode.OK, await Status(server, Definitions, request => request.Headers.Add("Origin", server.Address)));
        Assert.Equal(HttpStatusCode.OK, await Status(server, "/runs", request => request.Headers.Host = server.Address["http://".Length..].Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5080")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost.evil.example")]
    public async Task On_loopback_a_foreign_host_is_refused(string host)
    {
        await using var server = await Start(IPAddress.Loopback);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Status(server, Definitions, request => request.Headers.Host = host));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await Status(server, "/runs", request => request.Headers.Host = host));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1")]
    public async Task A_foreign_origin_is_refused(string origin)
    {
        await using var server = await Start(IPAddress.Loopback);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options])
            Assert.Equal(HttpStatusCode.Forbidden, await Status(server, Definitions, request => { request.Method = method; request.Headers.TryAddWithoutValidation("Origin", origin); }));
    }

    [Fact]
    public async Task A_link_from_elsewhere_may_open_a_page_but_not_change_or_read_anything()
    {
        await using var server = await Start(IPAddress.Loopback);
        void CrossSite(HttpRequestMessage request, string mode, string destination)
        {
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Headers.Add("Sec-Fetch-Mode", mode);
            request.Headers.Add("Sec-Fetch-Dest", destination);
        }
        Assert.Equal(HttpStatusCode.OK, await Status(server, "/runs", request => CrossSite(request, "navigate", "document")));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(server, Definitions, request => CrossSite(request, "no-cors", "image")));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(server, "/start", request => { request.Method = HttpMethod.Post; CrossSite(request, "navigate", "document"); }));
    }

    [Fact]
    public async Task On_any_other_address_a_key_is_asked_for()
    {
        await using var server = await Start(IPAddress.Any);
        using var ledger = new RunHome(folder.Path).OpenLedger();
        var keys = new ApiKeys(ledger, TimeProvider.System);
        var key = keys.Create("Ada");

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, Definitions));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, "/runs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, "/studio/_framework/dotnet.js"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, Definitions, request => request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", key + "0")));
        Assert.Equal(HttpStatusCode.Redirect, await Status(server, "/runs", request => request.Headers.Accept.ParseAdd("text/html")));
        Assert.Equal(HttpStatusCode.OK, await Status(server, Definitions, request => request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", key)));
        Assert.Equal(HttpStatusCode.OK, await Status(server, Definitions, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key)));

        keys.Revoke("Ada");
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, Definitions, request => request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", key)));
    }

    [Fact]
    public async Task A_browser_signs_in_with_a_key_and_holds_a_token_that_ends_with_it()
    {
        await using var server = await Start(IPAddress.Any);
        using var ledger = new RunHome(folder.Path).OpenLedger();
        var keys = new ApiKeys(ledger, TimeProvider.System);
        var key = keys.Create("Ada");
        using var wrong = await SignIn(server, "nonsense", "/runs");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.False(wrong.Headers.Contains("Set-Cookie"));

        using var right = await SignIn(server, key, "/runs");
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal("/runs", right.Headers.Location!.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(key, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Status(server, Definitions, request => request.Headers.Add("Cookie", cookie.Split(';')[0])));

        using var elsewhere = await SignIn(server, key, "//evil.example");
        Assert.Equal("/", elsewhere.Headers.Location!.ToString());
        keys.Revoke("Ada");
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(server, Definitions, request => request.Headers.Add("Cookie", cookie.Split(';')[0])));
    }

    [Fact]
    public void A_key_is_kept_as_its_hash_alone()
    {
        string key;
        using (var ledger = new RunHome(folder.Path).OpenLedger())
        {
            var keys = new ApiKeys(ledger, TimeProvider.System);
            key = keys.Create("Ada");
            Assert.Equal("Ada", keys.NameOf(key));
            Assert.Null(keys.NameOf(key.ToUpperInvariant()));
        }
        Assert.All(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(key, Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_tell_browsers_what_to_forbid()
    {
        await using var server = await Start(IPAddress.Loopback);
        foreach (var path in (string[])["/runs", "/studio/workflows/definitions", Definitions])
        {
            using var answer = await client.GetAsync(server.Address + path, cancellation);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using var server = await Start(IPAddress.Loopback);
        // By hand: a client that is still sending does not hear the answer.
        var address = new Uri(server.Address);
        using var connection = new System.Net.Sockets.TcpClient(address.Host, address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Definitions} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {5 << 20}\r\n\r\n{{"), cancellation);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413 ", await reader.ReadLineAsync(cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_server_is_told_without_its_code()
    {
        await using var server = await Start(IPAddress.Loopback);
        using var started = await client.PostAsync(server.Address + "/elsa/api/workflow-definitions", new StringContent("""{"model":{"definitionId":"say","name":"Say","root":{"id":"s","type":"Elsa.WriteLine","version":1}}}""", Encoding.UTF8, "application/json"), cancellation);
        using var run = await client.PostAsync(server.Address + "/elsa/api/workflow-definitions/say/execute", new StringContent("{}", Encoding.UTF8, "application/json"), cancellation);
        Assert.True(run.IsSuccessStatusCode);
        var home = Directory.EnumerateDirectories(folder.Path).Single(path => Path.GetFileName(path).StartsWith("say-", StringComparison.Ordinal));
        while (File.Exists(Path.Combine(home, ".queued"))) await Task.Delay(20, cancellation);
        Directory.CreateDirectory(Path.Combine(home, "published", "survey"));
        await File.WriteAllTextAsync(Path.Combine(home, "published", "survey", "sample.json"), "no JSON", cancellation);

        using var answer = await client.GetAsync($"{server.Address}/runs/{Path.GetFileName(home)}", cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/studio/..%2f..%2fpackage.json")]
    [InlineData("/studio/_framework/..%2f..%2f..%2f..%2fpackage.json")]
    [InlineData("/studio/_content/../../../../etc/passwd")]
    [InlineData("/runs/..%2f..")]
    [InlineData("/runs/.artifacts")]
    [InlineData("/samples/..%2fCOLUMNS")]
    public async Task No_path_leads_out_of_what_is_served(string path)
    {
        await using var server = await Start(IPAddress.Loopback);
        Assert.Equal(HttpStatusCode.NotFound, await Status(server, path));
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    private Task<WebServer> Start(IPAddress address) => WebServer.Start(new RunHome(folder.Path), new ListenAddress(address, 0), TimeProvider.System, cancellation);

    private Task<HttpResponseMessage> SignIn(WebServer server, string key, string to)
        => client.PostAsync(Reach(server, "/sign-in"), new FormUrlEncodedContent([KeyValuePair.Create("key", key), KeyValuePair.Create("to", to)]), cancellation);

    private async Task<HttpStatusCode> Status(WebServer server, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Reach(server, path));
        change?.Invoke(request);
        using var answer = await client.SendAsync(request, cancellation);
        return answer.StatusCode;
    }

    private static string Reach(WebServer server, string path) => server.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + path;
}
