using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>A wire between a program and a server, which can be cut.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> ends = new();
    private readonly int server;
    private volatile bool isCut;

    public TcpRelay(int server)
    {
        this.server = server;
        listener.Start();
        _ = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>From now on nothing comes through, and nobody is told.</summary>
    public void Cut() => isCut = true;

    /// <summary>The wire is there again; connections from before it was cut are dead.</summary>
    public void Mend()
    {
        foreach (var end in ends.Keys) end.Dispose();
        ends.Clear();
        isCut = false;
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var end in ends.Keys) end.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            TcpClient near;
            try
            {
                near = await listener.AcceptTcpClientAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
            ends.TryAdd(near, true);
            if (!isCut) _ = Task.Run(() => Connect(near));
        }
    }

    private async Task Connect(TcpClient near)
    {
        var far = new TcpClient();
        ends.TryAdd(far, true);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, server);
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception gone) when (gone is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone: so is the other.
        }
        if (isCut) return;
        near.Dispose();
        far.Dispose();
    }

    private async Task Copy(TcpClient from, TcpClient to)
    {
        var bytes = new byte[1 << 14];
        while (await from.GetStream().ReadAsync(bytes) is var count and > 0)
        {
            // What is on its way when the wire is cut is lost.
            if (isCut) await Task.Delay(Timeout.Infinite);
            await to.GetStream().WriteAsync(bytes.AsMemory(0, count));
        }
    }
}
