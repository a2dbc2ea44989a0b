using ClusterSurvey.Activities.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ClusterSurvey.Runner.Web.Samples;

/// <summary>
/// A sample on its way here, as the form of the page sends it: a name, a table, and the files of a folder of maps. Each file goes to the disk as it comes, whatever its size;
/// how much, how many and how deep in folders is limited, and no file name leads out of the folder.
/// </summary>
internal sealed class SampleUpload(HttpRequest request)
{
    /// <summary>The most that one sample may bring, in bytes: the maps of a hundred clusters.</summary>
    public const long LargestUpload = 4L << 30;

    private const int MostFiles = 2000;
    private const int DeepestFolder = 4;
    private const int LongestName = 200;

    private static readonly string[] mapEndings = [".fits", ".fits.gz", ".fit", ".fit.gz", ".reg"];

    /// <summary>What came.</summary>
    /// <param name="Name">The name that was given; empty when none was.</param>
    /// <param name="TableName">The file name of the table.</param>
    /// <param name="Maps">The number of files beside the table.</param>
    public sealed record Received(string Name, string TableName, int Maps);

    /// <summary>Writes what comes.</summary>
    /// <param name="table">Where the table goes.</param>
    /// <param name="maps">The folder to which the maps go.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Received> Receive(string table, string maps, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestUpload;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            throw new BadInputException("the upload", $"the content type '{request.ContentType}'", "a form with files (multipart/form-data)", "send the form of the page");
        var reader = new MultipartReader(boundary.ToString(), request.Body) { BodyLengthLimit = null };
        var (name, tableName, count) = ("", "", 0);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var (field, file) = (HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), FileNameOf(disposition));
            if (field == "name") name = await Text(section.Body, cancellation);
            // An empty field of files is sent without a name.
            else if (file.Length == 0) continue;
            else if (field == "table")
            {
                if (!file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) throw new BadInputException("Table", file, "a sample table (.csv)", "choose the table of the sample");
                tableName = file;
                await Write(section.Body, table, cancellation);
            }
            else if (field == "maps" && IsMap(file))
            {
                if (++count > MostFiles) throw new BadInputException("Maps", $"more than {MostFiles} files", "the maps of one sample", "send the maps of fewer clusters");
                await Write(section.Body, Path.Combine([maps, .. Place(file)]), cancellation);
            }
        }
        if (tableName.Length == 0) throw new BadInputException("Table", "no file", "a sample table (.csv)", "choose the table of the sample");
        return new Received(name.Trim(), tableName, count);
    }

    // A chosen folder may hold what is no map; it stays where it is.
    private static bool IsMap(string file) => mapEndings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folders and the name under the folder of maps; the first folder is the one that was chosen.</summary>
    private static string[] Place(string file)
    {
        string[] parts = file.Split('/', '\\');
        if (parts.Length > 1) parts = parts[1..];
        if (parts.Length > DeepestFolder + 1 || file.Length > LongestName || parts.Any(part => part.Length == 0 || part[0] == '.' || part.Any(letter => char.IsControl(letter) || letter is ':')))
            throw new BadInputException("Maps", $"a file named '{file}'", $"at most {DeepestFolder} folders, at most {LongestName} letters, no part that is empty or begins with a dot", "rename it, or choose a folder further down");
        return parts;
    }

    private static string FileNameOf(ContentDispositionHeaderValue disposition)
        => HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

    private static async Task Write(Stream body, string path, CancellationToken cancellation)
    {
        if (File.Exists(path)) throw new BadInputException("the upload", $"{Path.GetFileName(path)} twice", "every file once", "send each file once");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        await body.CopyToAsync(file, cancellation);
    }

    private static async Task<string> Text(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[LongestName + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}
