using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClusterSurvey.Runner.Web;

/// <summary>Serves the files of the designer from its npm package, compressed as they lie there.</summary>
internal static class StudioFiles
{
    private static readonly string[] package = ["node_modules", "@elsa-workflows", "elsa-studio-wasm"];
    private static readonly string[] served = ["_framework/", "_content/", "Elsa.Studio.Host.CustomElements.styles.css", "appsettings.json"];

    private static readonly Dictionary<string, string> types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wasm"] = "application/wasm", [".dat"] = "application/octet-stream", [".js"] = "text/javascript; charset=utf-8", [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8", [".json"] = "application/json; charset=utf-8", [".webmanifest"] = "application/manifest+json", [".png"] = "image/png",
        [".svg"] = "image/svg+xml", [".ico"] = "image/x-icon", [".woff"] = "font/woff", [".woff2"] = "font/woff2", [".ttf"] = "font/ttf", [".html"] = "text/html; charset=utf-8",
        [".map"] = "application/json; charset=utf-8", [".txt"] = "text/plain; charset=utf-8", [".jpg"] = "image/jpeg", [".gif"] = "image/gif",
    };

    /// <summary>The package's folder: in the folder of the program or one above it; null when it is not installed.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The type of a file, by its extension.</summary>
    public static string TypeOf(string path) => types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <summary>Answers with a file of the package; 404 for what it has not, or what is none of its public parts.</summary>
    public static async Task Serve(HttpContext http, string path)
    {
        if (Folder is null || !served.Any(part => path.StartsWith(part, StringComparison.Ordinal)) || Resolve(Folder, path) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        // Files of the framework carry a fingerprint of their content in their names; the few that do not are the ones that name the others.
        var isFingerprinted = path.StartsWith("_framework/", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("blazor.", StringComparison.Ordinal) && !path.EndsWith("dotnet.js", StringComparison.Ordinal);
        var headers = http.Response.Headers;
        headers.CacheControl = isFingerprinted ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        http.Response.ContentType = TypeOf(path);
        var (sent, encoding) = Compressed(http, file);
        if (encoding is not null) headers.ContentEncoding = encoding;
        var tag = new EntityTagHeaderValue($"\"{File.GetLastWriteTimeUtc(sent).Ticks:x}-{new FileInfo(sent).Length:x}\"").ToString();
        headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch == tag) http.Response.StatusCode = StatusCodes.Status304NotModified;
        else await http.Response.SendFileAsync(sent, http.RequestAborted);
    }

    private static (string File, string? Encoding) Compressed(HttpContext http, string file)
    {
        var accepted = http.Request.Headers.AcceptEncoding.ToString().Split(',').Select(word => word.Split(';')[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (extension, encoding) in ((string, string)[])[(".br", "br"), (".gz", "gzip")])
            if (accepted.Contains(encoding) && File.Exists(file + extension)) return (file + extension, encoding);
        return (file, null);
    }

    private static string? Resolve(string folder, string path)
    {
        var file = Path.GetFullPath(Path.Combine(folder, path));
        return file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine([at.FullName, .. package]);
            if (Directory.Exists(folder)) return Path.GetFullPath(folder);
        }
        return null;
    }
}
