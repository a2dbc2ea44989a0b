using System.Globalization;
using System.Net;
using ClusterSurvey.Activities.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterSurvey.Runner.Health;

/// <summary>A port on the loopback address at which a worker tells of its health and readiness, and nothing else. Without the variable there is none.</summary>
internal static class HealthPort
{
    /// <summary>The environment variable that names the port.</summary>
    public const string Variable = "CLUSTERSURVEY_HEALTH_PORT";

    /// <summary>The port of the variable; null when it is not set.</summary>
    /// <exception cref="BadInputException">It is no port.</exception>
    public static int? Here => Of(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The same with the variable given.</summary>
    public static int? Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new BadInputException(Variable, $"'{text}'", "a port, 0 for any that is free", "correct the environment variable, or unset it");
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="addChecks">Adds what is looked at.</param>
    /// <param name="cancellation">Stops the beginning.</param>
    /// <returns>What listens, until it is disposed of, and its address.</returns>
    /// <exception cref="BadInputException">The port is taken.</exception>
    public static async Task<(WebApplication Listener, string Address)> Open(int port, Action<IServiceCollection> addChecks, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        addChecks(builder.Services);
        var app = builder.Build();
        app.MapReadiness();
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new BadInputException(Variable, $"{port}, which cannot be listened on ({taken.InPlainWords()})", "a free port", "stop the other program, or choose another port", taken);
        }
        return (app, app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }
}
