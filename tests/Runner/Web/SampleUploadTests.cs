using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Web;

namespace ClusterSurvey.Runner.Tests.Web;

/// <summary>Samples that are sent to the server: what is wrong is told, and nothing of it is kept.</summary>
public sealed class SampleUploadTests : IDisposable
{
    private const string Table = "name,ra_deg,dec_deg,redshift,r500_kpc\nA1,10,20,0.1,1000\n";
    private const string Path = "/samples";

    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });

    private string Samples => folder["samples"];

    [Fact]
    public async Task A_table_alone_is_kept_under_its_own_name()
    {
        await using var server = await Start();
        using var answer = await Send(server, ("table", "mine.csv", Table));
        Assert.Equal("/samples/mine", answer.Headers.Location?.ToString());
        Assert.Equal(Table, await File.ReadAllTextAsync(System.IO.Path.Combine(Samples, "mine", "sample.csv"), cancellation));
        Assert.Contains("A1", await client.GetStringAsync($"{server.Address}/samples/mine", cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../out", "mine.csv", Table, null, "letters, digits")]
    [InlineData(".hidden", "mine.csv", Table, null, "letters, digits")]
    [InlineData("xcop", "mine.csv", Table, null, "which there is already")]
    [InlineData("mine", "mine.fits", Table, null, "a sample table (.csv)")]
    [InlineData("mine", "", Table, null, "a sample table (.csv)")]
    [InlineData("mine", "mine.csv", "name,ra_deg\nA1,10\n", null, "no column 'redshift'")]
    [InlineData("mine", "mine.csv", "\u0001\u0002", null, "mine")]
    [InlineData("mine", "mine.csv", Table, "maps/other.fits", "no counts map in the folder of maps")]
    [InlineData("mine", "mine.csv", Table, "maps/../../../mosaic_A1.fits", "a file named")]
    [InlineData("mine", "mine.csv", Table, "maps/..\\..\\mosaic_A1.fits", "a file named")]
    [InlineData("mine", "mine.csv", Table, "/etc//mosaic_A1.fits", "a file named")]
    [InlineData("mine", "mine.csv", Table, "maps/a/b/c/d/e/mosaic_A1.fits", "at most 4 folders")]
    public async Task What_is_wrong_is_told_and_nothing_is_kept(string name, string tableName, string table, string? map, string told)
    {
        await using var server = await Start();
        using var answer = await Send(server, [("name", null, name), ("table", tableName, table), .. map is null ? ((string, string?, string)[])[] : [("maps", map, "no image")]]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(cancellation));
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, page, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Samples));
        Assert.Equal([Samples], Directory.EnumerateDirectories(folder.Path).Where(path => !System.IO.Path.GetFileName(path).StartsWith('.')));
    }

    [Fact]
    public async Task A_name_is_given_once_and_a_broken_connection_leaves_nothing()
    {
        await using var server = await Start();
        using (await Send(server, ("table", "mine.csv", Table)))
        using (var again = await Send(server, ("table", "mine.csv", Table))) Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);

        using var breaking = new CancellationTokenSource();
        var parts = new MultipartFormDataContent { { new StringContent(Table), "table", "other.csv" }, { new BrokenContent(breaking), "maps", "maps/big.fits" } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PostAsync(server.Address + Path, parts, breaking.Token));
        for (var i = 0; i < 200 && Directory.EnumerateFileSystemEntries(Samples).Count() > 1; i++) await Task.Delay(50, cancellation);
        Assert.Equal([System.IO.Path.Combine(Samples, "mine")], Directory.EnumerateFileSystemEntries(Samples));
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    private Task<WebServer> Start() => WebServer.Start(new RunHome(folder.Path), ListenAddress.Parse("http://127.0.0.1:0"), TimeProvider.System, cancellation);

    private async Task<HttpResponseMessage> Send(WebServer server, params (string Field, string? File, string Text)[] parts)
    {
        using var form = new MultipartFormDataContent("a-boundary");
        foreach (var (field, file, text) in parts)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            // Written by hand: the client would mend the names.
            content.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse(file is null ? $"form-data; name=\"{field}\"" : $"form-data; name=\"{field}\"; filename=\"{file.Replace("\\", "\\\\", StringComparison.Ordinal)}\"");
            form.Add(content);
        }
        return await client.PostAsync(server.Address + Path, form, cancellation);
    }

    // A file that never comes to its end: the sender goes away in the middle.
    private sealed class BrokenContent(CancellationTokenSource breaking) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1 << 20], cancellation);
            await stream.FlushAsync(cancellation);
            await Task.Delay(200, cancellation);
            await breaking.CancelAsync();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
