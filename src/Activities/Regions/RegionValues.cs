using System.Globalization;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Regions;

/// <summary>The arguments of one shape as numbers: degrees on the sky, pixels counted from 0 in an image.</summary>
internal sealed class RegionValues(string[] arguments, RegionFrame frame, RegionImage? image)
{
    public RegionFrame Frame => frame;

    public int Count => arguments.Length;

    public SkyPosition Sky(int at) => new(RightAscension(arguments[at]), Declination(arguments[at + 1]));

    public PixelPosition Pixel(int at)
    {
        double x = Plain(arguments[at], "a pixel"), y = Plain(arguments[at + 1], "a pixel");
        // DS9 counts pixels from 1.
        return frame == RegionFrame.Image ? new(x - 1, y - 1) : Physical().ToPixel(x, y);
    }

    /// <summary>A length: degrees on the sky, pixels in an image.</summary>
    public double Size(int at)
    {
        var text = arguments[at];
        if (frame == RegionFrame.Sky)
            return text[^1] switch
            {
                'i' => Plain(text[..^1], "a length") * PixelDegrees(text),
                'p' => Plain(text[..^1], "a length") * Physical().Scale * PixelDegrees(text),
                _ => Degrees(text),
            };
        return text[^1] switch
        {
            'i' => Plain(text[..^1], "a length"),
            'p' => Plain(text[..^1], "a length") * Physical().Scale,
            '"' or '\'' or 'd' or 'r' => Degrees(text) / PixelDegrees(text),
            _ => Plain(text, "a length") * (frame == RegionFrame.Physical ? Physical().Scale : 1),
        };
    }

    public double Angle(int at) => Degrees(arguments[at]);

    public AngleRange Sector(int at) => new(Angle(at), Angle(at + 1));

    /// <summary>The number of parts that a panda is divided into; the parts together are what counts here.</summary>
    public void RequireParts(int at)
    {
        if (!int.TryParse(arguments[at], NumberStyles.None, CultureInfo.InvariantCulture, out var parts) || parts < 1)
            throw Wrong(arguments[at], "a number of parts, 1 or more");
    }

    private PhysicalPixels Physical() => image is null
        ? throw new RegionSyntaxException("physical coordinates", "the image they belong to", "save the regions from DS9 in fk5, or read them together with their image")
        : image.Physical ?? new PhysicalPixels(1, 0, 0);

    private double PixelDegrees(string text) => image?.Wcs is { } wcs
        ? wcs.PixelScaleArcmin / 60
        : throw new RegionSyntaxException(RegionText.Show(text), "a length in the unit of the frame", "write it so, or read the file together with its image");

    private static double RightAscension(string text) => Sexagesimal(text, 'h') is { } hours ? 15 * hours : Degrees(text);

    private static double Declination(string text) => Sexagesimal(text, 'd') ?? Degrees(text);

    // 12:34:56.7 or 12h34m56.7s (12d34m56.7s for a declination); none when the text is neither.
    private static double? Sexagesimal(string text, char unit)
    {
        var lower = text.ToLowerInvariant();
        var mark = lower.IndexOf(unit, StringComparison.Ordinal);
        if (!lower.Contains(':', StringComparison.Ordinal) && (mark < 0 || mark == lower.Length - 1)) return null;
        var parts = lower.TrimEnd('s').Split(':', unit, 'm');
        if (parts.Length is < 2 or > 3 || parts.Any(part => part.Length == 0)) throw Wrong(text, "a coordinate such as 12:34:56.7");
        var sum = 0.0;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var part = Plain(i == 0 ? parts[0].TrimStart('+', '-') : parts[i], "a coordinate such as 12:34:56.7");
            if (part < 0 || (i > 0 && part >= 60)) throw Wrong(text, "minutes and seconds from 0 to below 60");
            sum = part + sum / 60;
        }
        return lower[0] == '-' ? -sum : sum;
    }

    private static double Degrees(string text) => text[^1] switch
    {
        '"' => Plain(text[..^1], "an angle") / 3600,
        '\'' => Plain(text[..^1], "an angle") / 60,
        'd' => Plain(text[..^1], "an angle"),
        'r' => double.RadiansToDegrees(Plain(text[..^1], "an angle")),
        _ => Plain(text, "an angle"),
    };

    private static double Plain(string text, string meaning) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Wrong(text, meaning);

    private static RegionSyntaxException Wrong(string text, string expected) => new($"'{RegionText.Show(text)}'", expected, "correct the line, or delete it");
}
