namespace ClusterSurvey.Activities.Inspection;

/// <summary>What is unusual about a file before its content is looked at.</summary>
internal static class FileOddities
{
    private const int BlockBytes = 2880;

    public static void Find(string path, OddityList oddities)
    {
        Span<byte> magic = stackalloc byte[2];
        using var file = File.OpenRead(path);
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
        var saysGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (isGzip && !saysGzip) oddities.Note("gzip_without_suffix", $"gzip data under the suffix {Path.GetExtension(path)}", "a name that ends in .gz", "nothing: the first bytes decide");
        if (!isGzip && saysGzip) oddities.Note("plain_under_gz", "plain data under the suffix .gz", "gzip data", "nothing: the first bytes decide");
        if (!isGzip && file.Length % BlockBytes != 0)
            oddities.Note("unfilled_block", $"{file.Length} bytes", $"a multiple of {BlockBytes}", "nothing, if the image is whole; else copy the file again");
    }
}
