using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ClusterSurvey.Activities.Tests.Fits;

/// <summary>Builds FITS files byte by byte, sound or not, without the writer under test.</summary>
internal sealed class FitsBytes
{
    private readonly List<byte> bytes = [];

    public static FitsBytes Primary(int bitpix, params long[] axes) => new FitsBytes().Cards(["SIMPLE  =                    T", .. Shape(bitpix, axes)]);

    public static string[] Shape(int bitpix, params long[] axes) =>
        [Card("BITPIX", bitpix), Card("NAXIS", axes.Length), .. axes.Select((length, i) => Card($"NAXIS{i + 1}", length))];

    public static readonly string[] TangentPlane =
    [
        "CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'", "CRPIX1  =                 32.5", "CRPIX2  =                 32.5", "CRVAL1  =             210.2583",
        "CRVAL2  =               2.8786", "CDELT1  =      -0.001111111111", "CDELT2  =       0.001111111111",
    ];

    public static string Card(string keyword, object value) => $"{keyword,-8}= {Convert.ToString(value, CultureInfo.InvariantCulture),20}";

    public FitsBytes Cards(params IEnumerable<string> cards)
    {
        foreach (var card in cards) bytes.AddRange(Encoding.Latin1.GetBytes(card.PadRight(80)));
        return this;
    }

    public FitsBytes End() => Cards("END").Fill((byte)' ');

    public FitsBytes Extension(string kind, int bitpix, params long[] axes) => Cards([$"XTENSION= '{kind,-8}'", .. Shape(bitpix, axes), Card("PCOUNT", 0), Card("GCOUNT", 1)]);

    public FitsBytes Shorts(params short[] values)
    {
        Span<byte> two = stackalloc byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt16BigEndian(two, value);
            bytes.AddRange(two);
        }
        return this;
    }

    public FitsBytes Raw(params ReadOnlySpan<byte> values)
    {
        bytes.AddRange(values);
        return this;
    }

    public FitsBytes Fill(byte value = 0)
    {
        while (bytes.Count % 2880 != 0) bytes.Add(value);
        return this;
    }

    public byte[] ToArray() => [.. bytes];

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(plain);
        return packed.ToArray();
    }
}
