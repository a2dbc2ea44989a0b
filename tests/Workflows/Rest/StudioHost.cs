using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>The REST face on a port of its own, with an engine that runs at once whatever is started.</summary>
internal sealed class StudioHost : IRunControl, IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client;

    private StudioHost(TestBench bench)
    {
        Bench = bench;
        Store = new DefinitionStore(bench.Ledger, TimeProvider.System, bench.Library);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        new StudioApi(Store, bench.Ledger, TestBench.Catalog, this, _ => []).Map(app);
        client = new HttpClient();
    }

    public TestBench Bench { get; }

    public DefinitionStore Store { get; }

    public static async Task<StudioHost> Start(params IEnumerable<WorkflowDocument> definitions)
    {
        var host = new StudioHost(new TestBench(definitions));
        await host.app.StartAsync();
        host.client.BaseAddress = new Uri(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return host;
    }

    public string Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs) => Bench.Run(definition, new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Key, input.Value)))).InstanceId;

    public bool Cancel(string instanceId) => false;

    public Task<HttpResponseMessage> Send(string method, string path, JsonNode? body = null) => SendText(method, path, body?.ToJsonString());

    public async Task<HttpResponseMessage> SendText(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/'));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }

    /// <summary>What a request that must go well is answered.</summary>
    public async Task<JsonNode> Json(string method, string path, JsonNode? body = null)
    {
        using var answer = await Send(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        Bench.Dispose();
    }
}
