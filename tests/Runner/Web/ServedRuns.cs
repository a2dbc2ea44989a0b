using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;

namespace ClusterSurvey.Runner.Tests.Web;

/// <summary>The real server in a process of its own, on a free port.</summary>
internal sealed class ServedRuns : IDisposable
{
    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly Process process;

    private ServedRuns(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    public static ServedRuns Start(string home, params (string Name, string Value)[] variables)
    {
        var process = SurveyProgram.Start(Path.GetTempPath(), variables, "serve", "--urls", "http://127.0.0.1:0", "--data", home);
        while (process.StandardError.ReadLine() is { } line)
        {
            const string Announced = "listening on ";
            if (!line.StartsWith(Announced, StringComparison.Ordinal)) continue;
            // What it says from now on is read so that it never waits for a reader.
            _ = process.StandardError.ReadToEndAsync(cancellation);
            return new ServedRuns(process, line[Announced.Length..line.IndexOf(';', StringComparison.Ordinal)]);
        }
        throw new InvalidOperationException("the server ended before it listened");
    }

    /// <summary>Sends the form that starts a run.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartRun(params (string Name, string Value)[] fields)
    {
        using var answer = await client.PostAsync($"{Address}/start", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(cancellation));
        return answer.Headers.Location!.ToString()["/runs/".Length..];
    }

    public async Task<JsonNode> Instance(string run)
    {
        var page = await client.GetStringAsync($"{Address}/runs/{run}", cancellation);
        const string Viewer = "/studio/workflows/instances/";
        var id = page[(page.IndexOf(Viewer, StringComparison.Ordinal) + Viewer.Length)..].Split('/')[0];
        return JsonNode.Parse(await client.GetStringAsync($"{Address}/elsa/api/workflow-instances/{id}", cancellation))!;
    }

    public Task<HttpResponseMessage> Post(string path) => client.PostAsync(Address + path, null, cancellation);

    public Task<string> Page(string path) => client.GetStringAsync(Address + path, cancellation);

    /// <summary>Ends the process as a signal, or a power cut, does.</summary>
    public void End(int? signal)
    {
        if (signal is { } number) SurveyProgram.Signal(process, number);
        else process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
        client.Dispose();
    }
}
