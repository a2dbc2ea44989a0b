using System.Globalization;
using System.Net;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner.Web;

/// <summary>Where the web application listens.</summary>
/// <param name="Address">The address; loopback addresses are reached from this machine alone.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    private const string Expected = "http://ADDRESS:PORT, as http://127.0.0.1:5080";

    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads an address.</summary>
    /// <exception cref="BadInputException">It is none, or none that can be listened on.</exception>
    public static ListenAddress Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Contains(';', StringComparison.Ordinal)) throw Wrong(url, "name one address");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0) throw Wrong(url, "correct the address");
        if (uri.Scheme != Uri.UriSchemeHttp) throw Wrong(url, "use http, and a proxy that encrypts in front of it where others could listen in");
        if (uri.PathAndQuery != "/") throw Wrong(url, "leave the path out");
        if (uri.Host == "localhost") return new ListenAddress(IPAddress.Loopback, uri.Port);
        if (IPAddress.TryParse(uri.Host, out var address)) return new ListenAddress(address, uri.Port);
        throw Wrong(url, "name an address of this machine in numbers, or localhost");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"http://{new IPEndPoint(Address, Port)}");

    private static BadInputException Wrong(string url, string remedy) => new("--urls", $"'{url}'", Expected, remedy);
}
