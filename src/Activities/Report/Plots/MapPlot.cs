using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Images;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>An outline of equal elliptical radius on a map, with its name.</summary>
public sealed record MapOutline(string Name, double RadiusR500);

/// <summary>An image of a cluster with region outlines, a length bar and a colour bar.</summary>
/// <param name="Title">What it is an image of.</param>
/// <param name="Image">The image.</param>
/// <param name="Scale">Its colours.</param>
/// <param name="HasBar">False for an image whose values need no bar of colours.</param>
public sealed record MapPlot(string Title, MapImage Image, ColourScale Scale, bool HasBar = true)
{
    private const double Side = 246, Margin = 2, Top = 22, BarGap = 10, BarWidth = 13, BarRoom = 82, BottomRoom = 30;

    private double Zoom => Side / Math.Max(Image.Width, Image.Height);

    private double Wide => Zoom * Image.Width;

    private double High => Zoom * Image.Height;

    /// <summary>The map with its title.</summary>
    public XElement Draw(ClusterMaps maps, double r500Kpc, IEnumerable<MapOutline> outlines) =>
        Svg.Drawing(Margin + Wide + BarGap + BarWidth + BarRoom, Top + High + BottomRoom, Title, Svg.Text("val", Margin, 14, Title), Picture(Margin, Top, Wide, High),
            Svg.Group("outlines", outlines.Select(outline => Outline(outline, maps.Ellipse, maps.PixelR500))), LengthBar(maps.PixelR500, r500Kpc), HasBar ? ColourBar() : null);

    private XElement Picture(double left, double top, double width, double height) => Svg.Group(null, Svg.Rectangle("masked", left, top, width, height),
        Html.Tag("image", "pix", Html.At("x", Svg.N(left)), Html.At("y", Svg.N(top)), Html.At("width", Svg.N(width)), Html.At("height", Svg.N(height)),
            Html.At("preserveAspectRatio", "none"), Html.At("href", PalettePng.DataUri(Image, Scale))));

    /// <summary>The curve rho = radius: an ellipse of semi-axes radius (1-e^2)^(1/4) and radius (1-e^2)^(-1/4) in the rotated frame.</summary>
    private XElement Outline(MapOutline outline, MapEllipse ellipse, double pixelR500)
    {
        var stretch = Math.Pow(1 - ellipse.Eccentricity * ellipse.Eccentricity, 0.25);
        var (cos, sin) = (Math.Cos(ellipse.AngleRadians), Math.Sin(ellipse.AngleRadians));
        var radius = outline.RadiusR500 / pixelR500;
        var points = Enumerable.Range(0, 145).Select(i =>
        {
            var (x, y) = (radius * stretch * Math.Cos(i * Math.PI / 72), radius / stretch * Math.Sin(i * Math.PI / 72));
            return (Margin + Zoom * (ellipse.CentreX + x * cos + y * sin + 0.5), Top + High - Zoom * (ellipse.CentreY - x * sin + y * cos + 0.5));
        }).ToArray();
        var inside = points.Where(p => p.Item1 > 8 && p.Item1 < Wide - 8 && p.Item2 > Top + 14 && p.Item2 < Top + High - 4).ToArray();
        var top = inside.Length == 0 ? points[0] : inside.MinBy(p => p.Item2);
        var name = radius * Zoom < 18 ? null : Svg.Text("on", top.Item1, top.Item2 + 13, outline.Name, "middle");
        var line = Svg.Line(points.Select(p => p.Item1 > Margin && p.Item1 < Margin + Wide && p.Item2 > Top && p.Item2 < Top + High ? p : (double.NaN, double.NaN)));
        return Svg.Group(null, Svg.Path("halo", line), Svg.Path(null, line), name);
    }

    private XElement LengthBar(double pixelR500, double r500Kpc)
    {
        var across = Image.Width * pixelR500;
        double[] lengths = [0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];
        var length = lengths.LastOrDefault(candidate => candidate <= 0.36 * across, lengths[0]);
        var (y, width) = (Top + High + 12, length / pixelR500 * Zoom);
        return Svg.Group(null, Svg.Path("rule", $"M{Svg.N(Margin)} {Svg.N(y - 4)}v8m0 -4h{Svg.N(width)}m0 -4v8"),
            Svg.Text("tk", Margin + width + 8, y + 4, $"{NumberText.Fixed(length, 2).TrimEnd('0').TrimEnd('.')} R_{{500}} = {NumberText.Significant(length * r500Kpc)} kpc"));
    }

    private XElement ColourBar()
    {
        var x = Margin + Wide + BarGap;
        var group = Svg.Group(null, Html.Tag("image", null, Html.At("x", Svg.N(x)), Html.At("y", Svg.N(Top)), Html.At("width", Svg.N(BarWidth)), Html.At("height", Svg.N(High)),
            Html.At("preserveAspectRatio", "none"), Html.At("href", PalettePng.Bar(Scale.Colours))), Svg.Rectangle("fr", x, Top, BarWidth, High));
        foreach (var tick in Scale.Ticks(18 / High))
        {
            var y = Math.Clamp(Top + High * (1 - Scale.Fraction(tick.Value)), Top + 4, Top + High - 2);
            group.Add(Svg.Text("tk", x + BarWidth + 6, y + 4, tick.Label));
        }
        var power = Scale.Exponent == 0 ? "" : "10" + NumberText.Superscript(Scale.Exponent) + " ";
        group.Add(Svg.Upright("lb", x + BarWidth + 62, Top + High / 2, power + Image.Unit));
        return group;
    }
}
