using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>A figure as PDF of one page of its own size: lines and letters as such, fonts embedded, and the same bytes for the same figure.</summary>
public static partial class FigurePdf
{
    // Pixels of 1/96 inch, points of 1/72.
    private const double PointsPerPixel = 0.75;

    private static readonly DateTime noDate = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    static FigurePdf() => GlobalFontSettings.FontResolver ??= new EmbeddedFonts();

    /// <summary>The file.</summary>
    public static byte[] Write(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        using var document = new PdfDocument();
        (document.Info.CreationDate, document.Info.ModificationDate) = (noDate, noDate);
        var page = document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(PointsPerPixel * sheet.Length("width")), XUnit.FromPoint(PointsPerPixel * sheet.Length("height")));
        using (var graphics = XGraphics.FromPdfPage(page))
        {
            graphics.ScaleTransform(PointsPerPixel);
            new PdfPainter(graphics).Paint(sheet.Root);
        }
        using var file = new MemoryStream();
        document.Save(file);
        return WithoutChance(file.ToArray());
    }

    // The library draws ids and the tags of embedded fonts by chance. Content decides here: each is written over, letter by letter, by as much of a hash of everything else.
    private static byte[] WithoutChance(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var plain = Chance().Replace(text, match => new string('0', match.Length));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(plain)));
        var tags = new Dictionary<string, string>();
        return Encoding.Latin1.GetBytes(Chance().Replace(text, match =>
        {
            if (match.Value.Length != 6) return hash[..match.Length];
            if (!tags.TryGetValue(match.Value, out var tag)) tags[match.Value] = tag = Tag(hash, tags.Count);
            return tag;
        }));
    }

    private static string Tag(string hash, int index) => string.Concat(Enumerable.Range(0, 6).Select(i => (char)('A' + int.Parse(hash.AsSpan(2 * (6 * index + i) % 64, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 26)));

    [GeneratedRegex(@"(?<=/ID ?\[<)[0-9A-F]{32}(?=>)|(?<=/ID ?\[<[0-9A-F]{32}> ?<)[0-9A-F]{32}|(?<=uuid:)[0-9a-f-]{36}|(?<=/(?:FontName|BaseFont)/)[A-Z]{6}(?=\+)")]
    private static partial Regex Chance();
}
