namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// Reads FITS files (standard 4.0), plain or gzip by their first bytes. Every size claim is held against the bytes that
/// can still come, and against the limits, before anything is allocated. Whatever is wrong with the file is a
/// <see cref="FitsException"/>.
/// </summary>
public static class FitsFile
{
    /// <summary>
    /// The first image of the file: in the primary HDU, or in the first extension that holds one. An image behind a table is
    /// taken only when it says where on the sky it is: others are matrices that belong to the table.
    /// </summary>
    /// <exception cref="FitsException">There is no such file, or no image in it that can be read.</exception>
    public static FitsImage ReadImage(string path, FitsLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= FitsLimits.Default;
        using var source = FitsSource.Open(path, limits);
        FitsHeader? primary = null;
        var isBehindTable = false;
        for (var index = 0; NextHdu(source, index, limits) is { } hdu; index++)
        {
            primary ??= hdu.Header;
            if (IsMap(hdu, isBehindTable)) return ReadImage(source, hdu, primary, limits);
            isBehindTable |= hdu.Kind == FitsHduKind.Table;
            Pass(source, hdu);
        }
        throw new FitsException(path, null, null, "tables, or HDUs without data", "an image", "name a file with a two-dimensional image");
    }

    /// <summary>Every HDU of the file; the data are passed over. Stops at bytes after the last HDU that are no HDU.</summary>
    /// <exception cref="FitsException">A header is wrong, or the file ends within an HDU.</exception>
    public static IReadOnlyList<FitsHdu> List(string path, FitsLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= FitsLimits.Default;
        using var source = FitsSource.Open(path, limits);
        var hdus = new List<FitsHdu>();
        while (NextHdu(source, hdus.Count, limits) is { } hdu)
        {
            hdus.Add(hdu);
            Pass(source, hdu);
        }
        return hdus;
    }

    /// <summary>Whether <see cref="ReadImage(string, FitsLimits?)"/> would come to an image, of whatever kind, among these HDUs.</summary>
    public static bool HasImage(IReadOnlyList<FitsHdu> hdus)
    {
        ArgumentNullException.ThrowIfNull(hdus);
        var tables = hdus.TakeWhile(hdu => hdu.Kind != FitsHduKind.Table).Count();
        return hdus.Any(hdu => MayBeMap(hdu, hdu.Index > tables));
    }

    /// <summary>Whether a file starts as FITS or gzip does; false when it cannot be read.</summary>
    public static bool LooksLikeFits(string path)
    {
        try
        {
            Span<byte> start = stackalloc byte[9];
            using var file = File.OpenRead(path);
            var known = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            return known.StartsWith("SIMPLE  ="u8) || known.StartsWith<byte>([0x1F, 0x8B]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FitsHdu? NextHdu(FitsSource source, int index, FitsLimits limits)
    {
        if (index >= limits.MaximumHdus)
            throw new FitsException(source.Path, index, null, $"more than {limits.MaximumHdus} HDUs", "at most that many", "split the file, or raise the limit");
        return FitsHeaderReader.Read(source, index, limits) is { } header ? FitsHdu.Of(header) : null;
    }

    private static bool MayBeMap(FitsHdu hdu, bool isBehindTable) =>
        hdu.Kind is FitsHduKind.Image or FitsHduKind.CompressedImage or FitsHduKind.Array
        && (!isBehindTable || FitsWcs.IsIn(hdu.Header));

    private static bool IsMap(FitsHdu hdu, bool isBehindTable)
    {
        if (hdu.Header.IsTrue("GROUPS")) throw hdu.Header.Wrong("GROUPS", "an image, not random groups", "name a file with a two-dimensional image");
        if (!MayBeMap(hdu, isBehindTable)) return false;
        return hdu.Kind switch
        {
            FitsHduKind.CompressedImage => throw hdu.Header.Wrong("ZCMPTYPE", "an image that is not packed in tiles", "unpack the file with funpack (cfitsio)"),
            FitsHduKind.Array => throw new FitsException(
                hdu.Header.File, hdu.Index, "NAXIS", $"an array of {string.Join(" x ", hdu.Axes)}", "two axes with pixels, and no further axis longer than 1",
                "cut a two-dimensional image out of it"),
            _ => true,
        };
    }

    private static FitsImage ReadImage(FitsSource source, FitsHdu hdu, FitsHeader primary, FitsLimits limits)
    {
        RequirePlainImage(hdu);
        RequireBelievable(source, hdu, limits);
        var pixels = new PixelDecoder(hdu).Read(source);
        source.VerifyToEnd();
        return new FitsImage(hdu, primary, pixels);
    }

    private static void RequirePlainImage(FitsHdu hdu)
    {
        if (hdu.Header.IntegerOrNull("PCOUNT") is not (null or 0)) throw hdu.Header.Wrong("PCOUNT", "0 for an image");
        if (hdu.Header.IntegerOrNull("GCOUNT") is not (null or 1)) throw hdu.Header.Wrong("GCOUNT", "1 for an image");
    }

    private static void RequireBelievable(FitsSource source, FitsHdu hdu, FitsLimits limits)
    {
        var shape = $"{hdu.Axes[0]} x {hdu.Axes[1]} pixels of {Math.Abs(hdu.BitsPerPixel)} bits";
        if (hdu.DataBytes > source.Remaining)
            throw new FitsException(
                source.Path, hdu.Index, "NAXIS", $"{shape}, {hdu.DataBytes} bytes", Rest(source), "the file is cut short or its header is wrong: copy or make it again");
        var most = Math.Min(limits.MaximumPixels, Array.MaxLength);
        if (hdu.Axes[0] > most / hdu.Axes[1])
            throw new FitsException(source.Path, hdu.Index, "NAXIS", shape, $"at most {most} pixels", "cut or rebin the image, or raise the limit");
    }

    private static string Rest(FitsSource source) => source.IsGzip
        ? $"at most the {source.Remaining} bytes that {source.FileLength} bytes of gzip can still unpack to"
        : $"at most the {source.Remaining} bytes that the file still has";

    private static void Pass(FitsSource source, FitsHdu hdu)
    {
        var rest = Rest(source);
        if (hdu.DataBytes > source.Remaining || source.Skip(hdu.PaddedBytes) < hdu.DataBytes)
            throw new FitsException(
                source.Path, hdu.Index, "NAXIS", $"a claim of {hdu.DataBytes} bytes of data", rest, "the file is cut short or its header is wrong: copy or make it again");
    }
}
