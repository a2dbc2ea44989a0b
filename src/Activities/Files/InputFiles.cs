using System.Text;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Files;

/// <summary>Opens and reads the user's files; what stands in the way is said as a problem of the input.</summary>
public static class InputFiles
{
    /// <exception cref="BadInputException">No such file, a folder, or no permission.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException(path, "no such file", "a readable file", "correct the path", failure);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException(path, failure.Message, "a readable file", Directory.Exists(path) ? "this is a folder: name a file in it" : "check the path and its permissions", failure);
        }
    }

    /// <summary>The whole text of a small file in UTF-8.</summary>
    /// <exception cref="BadInputException">It cannot be opened, is larger than the limit, or is not text.</exception>
    public static string Read(string path, long longestBytes = 256L << 20)
    {
        using var stream = Open(path);
        if (stream.Length > longestBytes) throw new BadInputException(path, $"{stream.Length} bytes", $"at most {longestBytes}", "name a smaller file");
        try
        {
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException failure)
        {
            throw new BadInputException(path, "bytes that are not UTF-8 text", "a text file in UTF-8", "convert the file, or name another", failure);
        }
    }
}
