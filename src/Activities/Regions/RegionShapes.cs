using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Regions;

/// <summary>The shapes by their names in DS9, and the order of their arguments.</summary>
internal static class RegionShapes
{
    private static readonly string[] Known = ["circle", "ellipse", "box", "annulus", "polygon", "panda", "epanda"];

    public static bool IsKnown(string word) => Known.Contains(word);

    /// <summary>A label has no area and means no source.</summary>
    public static bool IsAnnotation(string word) => word == "text";

    public static void RequireKnown(string word, string code)
    {
        if (IsKnown(word)) return;
        throw word == "point"
            ? new RegionSyntaxException(RegionText.Show(code), "a shape with an area", "make the point a circle, or delete it")
            : new RegionSyntaxException($"the shape '{RegionText.Show(word.Length > 0 ? word : code)}'", string.Join(", ", Known), "redraw it as one of these, or delete it");
    }

    public static SkyRegion OnSky(string word, RegionValues v)
    {
        RequireArguments(word, v);
        return word switch
        {
            "circle" => new SkyCircle(v.Sky(0), v.Size(2)),
            "ellipse" when v.Count <= 5 => new SkyEllipse(v.Sky(0), v.Size(2), v.Size(3), AngleOrZero(v)),
            "ellipse" => new SkyEllipticalAnnulus(v.Sky(0), v.Size(2), v.Size(3), v.Size(v.Count - 3), v.Size(v.Count - 2), v.Angle(v.Count - 1)),
            "box" => new SkyBox(v.Sky(0), v.Size(2), v.Size(3), AngleOrZero(v)),
            "annulus" => new SkyAnnulus(v.Sky(0), v.Size(2), v.Size(v.Count - 1)),
            "polygon" => new SkyPolygon([.. Pairs(v).Select(v.Sky)]),
            "panda" => new SkyAnnulus(v.Sky(0), v.Size(5), v.Size(6), v.Sector(2)),
            _ => new SkyEllipticalAnnulus(v.Sky(0), v.Size(5), v.Size(6), v.Size(7), v.Size(8), v.Angle(10), v.Sector(2)),
        };
    }

    public static PixelRegion InPixels(string word, RegionValues v)
    {
        RequireArguments(word, v);
        return word switch
        {
            "circle" => new PixelCircle(v.Pixel(0), v.Size(2)),
            "ellipse" when v.Count <= 5 => new PixelEllipse(v.Pixel(0), v.Size(2), v.Size(3), AngleOrZero(v)),
            "ellipse" => new PixelEllipticalAnnulus(v.Pixel(0), v.Size(2), v.Size(3), v.Size(v.Count - 3), v.Size(v.Count - 2), v.Angle(v.Count - 1)),
            "box" => new PixelBox(v.Pixel(0), v.Size(2), v.Size(3), AngleOrZero(v)),
            "annulus" => new PixelAnnulus(v.Pixel(0), v.Size(2), v.Size(v.Count - 1)),
            "polygon" => new PixelPolygon([.. Pairs(v).Select(v.Pixel)]),
            "panda" => new PixelAnnulus(v.Pixel(0), v.Size(5), v.Size(6), v.Sector(2)),
            _ => new PixelEllipticalAnnulus(v.Pixel(0), v.Size(5), v.Size(6), v.Size(7), v.Size(8), v.Angle(10), v.Sector(2)),
        };
    }

    private static double AngleOrZero(RegionValues v) => v.Count > 4 ? v.Angle(4) : 0;

    private static IEnumerable<int> Pairs(RegionValues v) => Enumerable.Range(0, v.Count / 2).Select(corner => 2 * corner);

    private static void RequireArguments(string word, RegionValues v)
    {
        RequireCount(word, v.Count);
        if (word is not ("panda" or "epanda")) return;
        v.RequireParts(4);
        v.RequireParts(word == "panda" ? 7 : 9);
    }

    private static void RequireCount(string word, int count)
    {
        var (isRight, arguments) = word switch
        {
            "circle" => (count == 3, "x, y, radius"),
            "ellipse" => (count is 4 or 5 || (count >= 7 && count % 2 == 1), "x, y, one or more pairs of semi-axes, angle"),
            "box" => (count is 4 or 5, "x, y, width, height, angle"),
            "annulus" => (count >= 4, "x, y, two or more radii"),
            "polygon" => (count >= 6 && count % 2 == 0, "three or more pairs x, y"),
            "panda" => (count == 8, "x, y, first angle, last angle, parts, inner radius, outer radius, parts"),
            _ => (count == 11, "x, y, first angle, last angle, parts, two inner and two outer semi-axes, parts, angle"),
        };
        if (!isRight) throw new RegionSyntaxException($"{word} with {count} arguments", arguments, "correct the line, or delete it");
    }
}
