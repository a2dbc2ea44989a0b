using System.Collections.Concurrent;
using System.Net;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>A web address on loopback that takes what is sent to it and answers with a status.</summary>
internal sealed class WebSink : IDisposable
{
    private readonly HttpListener listener = new();

    public WebSink()
    {
        // A free port is found by asking for one that then is given back.
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    public int Status { get; set; } = 204;

    /// <summary>Paths with their queries, and bodies.</summary>
    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var request = await listener.GetContextAsync();
                using var reader = new StreamReader(request.Request.InputStream);
                Received.Enqueue((request.Request.RawUrl!, await reader.ReadToEndAsync()));
                request.Response.StatusCode = Status;
                request.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
