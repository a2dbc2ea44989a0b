namespace ClusterSurvey.Activities.Fits;

/// <summary>What an HDU holds.</summary>
public enum FitsHduKind
{
    /// <summary>A header without data.</summary>
    Empty,

    /// <summary>A two-dimensional image; further axes have length 1.</summary>
    Image,

    /// <summary>An array of another dimension.</summary>
    Array,

    /// <summary>An image packed in tiles inside a table (ZIMAGE).</summary>
    CompressedImage,

    /// <summary>A binary or ASCII table.</summary>
    Table,

    /// <summary>Random groups, or an extension of a kind that is not known here.</summary>
    Other,
}

/// <summary>One HDU: its header, what it is and how many bytes its data take. All sizes are checked when it is made.</summary>
public sealed record FitsHdu(FitsHeader Header, FitsHduKind Kind, int BitsPerPixel, IReadOnlyList<long> Axes, long DataBytes)
{
    public int Index => Header.Hdu;

    /// <summary>EXTNAME, or none.</summary>
    public string? Name => Header.TextOrNull("EXTNAME");

    /// <summary>Data and what fills the last block.</summary>
    internal long PaddedBytes => DataBytes > long.MaxValue - FitsHeaderReader.BlockBytes
        ? long.MaxValue
        : (DataBytes + FitsHeaderReader.BlockBytes - 1) / FitsHeaderReader.BlockBytes * FitsHeaderReader.BlockBytes;

    /// <exception cref="FitsException">A mandatory keyword is missing or wrong, or the size claim does not fit 63 bits.</exception>
    internal static FitsHdu Of(FitsHeader header)
    {
        if (header.Hdu == 0 && !header.IsTrue("SIMPLE")) throw header.Wrong("SIMPLE", "T");
        var bits = BitsOf(header);
        var axes = AxesOf(header);
        var kind = KindOf(header, axes);
        return new(header, kind, bits, axes, BytesOf(header, bits, axes));
    }

    private static int BitsOf(FitsHeader header)
    {
        var bits = header.Integer("BITPIX");
        return bits is 8 or 16 or 32 or 64 or -32 or -64 ? (int)bits : throw header.Wrong("BITPIX", "8, 16, 32, 64, -32 or -64");
    }

    private static long[] AxesOf(FitsHeader header)
    {
        var count = header.Integer("NAXIS");
        if (count is < 0 or > 999) throw header.Wrong("NAXIS", "a number of axes from 0 to 999");
        var axes = new long[count];
        for (var i = 0; i < count; i++)
        {
            axes[i] = header.Integer($"NAXIS{i + 1}");
            if (axes[i] < 0) throw header.Wrong($"NAXIS{i + 1}", "0 or more pixels");
        }
        return axes;
    }

    private static FitsHduKind KindOf(FitsHeader header, long[] axes)
    {
        var extension = header.Hdu == 0 ? "IMAGE" : header.Text("XTENSION").TrimEnd();
        if (header.IsTrue("ZIMAGE")) return FitsHduKind.CompressedImage;
        if (extension is "BINTABLE" or "TABLE" or "A3DTABLE") return FitsHduKind.Table;
        if (extension is not ("IMAGE" or "IUEIMAGE") || header.IsTrue("GROUPS")) return FitsHduKind.Other;
        if (axes.Length == 0) return FitsHduKind.Empty;
        if (axes.Length < 2 || axes.Contains(0) || axes.Skip(2).Any(length => length != 1)) return FitsHduKind.Array;
        return FitsHduKind.Image;
    }

    // FITS standard 4.0, equation 2: |BITPIX| GCOUNT (PCOUNT + NAXIS1 ... NAXISm) / 8; random groups leave NAXIS1 = 0 out.
    private static long BytesOf(FitsHeader header, int bits, long[] axes)
    {
        if (axes.Length == 0) return 0;
        var extra = header.IntegerOrNull("PCOUNT") ?? 0;
        var groups = header.IntegerOrNull("GCOUNT") ?? 1;
        if (extra < 0) throw header.Wrong("PCOUNT", "0 or more");
        if (groups < 0) throw header.Wrong("GCOUNT", "0 or more");
        var counted = header.IsTrue("GROUPS") && axes[0] == 0 ? axes.Skip(1) : axes;
        try
        {
            var cells = counted.Aggregate(1L, (product, length) => checked(product * length));
            return checked(Math.Abs(bits) / 8 * groups * (extra + cells));
        }
        catch (OverflowException)
        {
            throw header.Wrong("NAXIS", "a size below 2^63 bytes", $"correct the header: the axes {string.Join(" x ", axes)} cannot be");
        }
    }
}
