using System.Globalization;
using System.Text;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Regions;

/// <summary>Writes shapes in DS9's syntax: bare degrees in fk5, pixels counted from 1 in image, every digit that matters.</summary>
internal static class RegionPrinter
{
    public static string Print(IEnumerable<RegionEntry> entries)
    {
        var text = new StringBuilder("# Region file format: DS9 version 4.1\n");
        string? frame = null;
        foreach (var entry in entries)
        {
            var next = entry is SkyEntry ? "fk5" : "image";
            if (next != frame) text.Append(next).Append('\n');
            frame = next;
            text.Append(Print(entry)).Append('\n');
        }
        return text.ToString();
    }

    public static string Print(RegionEntry entry)
    {
        var (name, values) = entry switch
        {
            SkyEntry sky => OnSky(sky.Region),
            PixelEntry pixel => InPixels(pixel.Region),
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.GetType(), "expected an entry on the sky or in pixels"),
        };
        return $"{(entry.IsSubtracted ? "-" : "")}{name}({string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))})";
    }

    private static (string, double[]) OnSky(SkyRegion region) => region switch
    {
        SkyCircle c => ("circle", [.. Place(c.Centre), c.RadiusDegrees]),
        SkyEllipse e => ("ellipse", [.. Place(e.Centre), e.SemiXDegrees, e.SemiYDegrees, e.AngleDegrees]),
        SkyBox b => ("box", [.. Place(b.Centre), b.WidthDegrees, b.HeightDegrees, b.AngleDegrees]),
        SkyAnnulus { Sector: { } s } a => ("panda", [.. Place(a.Centre), s.StartDegrees, s.StopDegrees, 1, a.InnerDegrees, a.OuterDegrees, 1]),
        SkyAnnulus a => ("annulus", [.. Place(a.Centre), a.InnerDegrees, a.OuterDegrees]),
        SkyEllipticalAnnulus { Sector: { } s } e =>
            ("epanda", [.. Place(e.Centre), s.StartDegrees, s.StopDegrees, 1, e.InnerXDegrees, e.InnerYDegrees, e.OuterXDegrees, e.OuterYDegrees, 1, e.AngleDegrees]),
        SkyEllipticalAnnulus e => ("ellipse", [.. Place(e.Centre), e.InnerXDegrees, e.InnerYDegrees, e.OuterXDegrees, e.OuterYDegrees, e.AngleDegrees]),
        SkyPolygon p => ("polygon", [.. p.Corners.SelectMany(Place)]),
        _ => throw new ArgumentOutOfRangeException(nameof(region), region.GetType(), "expected a shape that DS9 has"),
    };

    private static (string, double[]) InPixels(PixelRegion region) => region switch
    {
        PixelCircle c => ("circle", [.. Place(c.Centre), c.Radius]),
        PixelEllipse e => ("ellipse", [.. Place(e.Centre), e.SemiX, e.SemiY, e.AngleDegrees]),
        PixelBox b => ("box", [.. Place(b.Centre), b.Width, b.Height, b.AngleDegrees]),
        PixelAnnulus { Sector: { } s } a => ("panda", [.. Place(a.Centre), s.StartDegrees, s.StopDegrees, 1, a.Inner, a.Outer, 1]),
        PixelAnnulus a => ("annulus", [.. Place(a.Centre), a.Inner, a.Outer]),
        PixelEllipticalAnnulus { Sector: { } s } e => ("epanda", [.. Place(e.Centre), s.StartDegrees, s.StopDegrees, 1, e.InnerX, e.InnerY, e.OuterX, e.OuterY, 1, e.AngleDegrees]),
        PixelEllipticalAnnulus e => ("ellipse", [.. Place(e.Centre), e.InnerX, e.InnerY, e.OuterX, e.OuterY, e.AngleDegrees]),
        PixelPolygon p => ("polygon", [.. p.Corners.SelectMany(Place)]),
        _ => throw new ArgumentOutOfRangeException(nameof(region), region.GetType(), "expected a shape that DS9 has"),
    };

    private static double[] Place(SkyPosition place) => [place.RaDegrees, place.DecDegrees];

    private static double[] Place(PixelPosition place) => [place.X + 1, place.Y + 1];
}
