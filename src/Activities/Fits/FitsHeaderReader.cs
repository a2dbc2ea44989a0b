namespace ClusterSurvey.Activities.Fits;

/// <summary>Reads one header: blocks of 2880 bytes, 36 records of 80 characters each, up to END.</summary>
internal static class FitsHeaderReader
{
    public const int BlockBytes = 2880;
    private const int RecordBytes = 80;

    /// <summary>The next header; none when the file ends here, or goes on with something that is no HDU after a good one.</summary>
    public static FitsHeader? Read(FitsSource source, int hdu, FitsLimits limits)
    {
        var block = new byte[BlockBytes];
        var parser = new FitsCardParser();
        var records = 0;
        while (true)
        {
            var count = source.Read(block);
            if (records == 0 && !StartsHdu(block.AsSpan(0, count), source, hdu)) return null;
            for (var at = 0; at + RecordBytes <= count; at += RecordBytes)
            {
                var record = block.AsSpan(at, RecordBytes);
                records++;
                if (IsEnd(record)) return new FitsHeader(source.Path, hdu, parser.End(), records);
                parser.Add(record);
            }
            if (count < BlockBytes) throw new FitsException(source.Path, hdu, "END", $"the end of the file after {records} header cards", "an END card", "copy or make the file again");
            if (records >= limits.MaximumHeaderCards)
                throw new FitsException(source.Path, hdu, "END", $"more than {limits.MaximumHeaderCards} header cards", "an END card before", "correct the header, or raise the limit");
        }
    }

    private static bool StartsHdu(ReadOnlySpan<byte> block, FitsSource source, int hdu)
    {
        if (block.StartsWith(hdu == 0 ? "SIMPLE  ="u8 : "XTENSION="u8)) return true;
        if (hdu > 0) return false;
        var start = Printable.Cut(System.Text.Encoding.Latin1.GetString(block[..Math.Min(block.Length, 30)]));
        throw new FitsException(
            source.Path, 0, "SIMPLE", $"no SIMPLE card; the {(source.IsGzip ? "unpacked " : "")}file starts with \"{start}\"", "SIMPLE = T as the first card", "name a FITS file");
    }

    private static bool IsEnd(ReadOnlySpan<byte> record) => record.StartsWith("END"u8) && record[3..8].IndexOfAnyExcept((byte)' ') < 0;
}
