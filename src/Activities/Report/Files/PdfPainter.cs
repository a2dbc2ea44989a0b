using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PdfSharp.Drawing;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>Paints the elements of a sheet: groups, paths, rectangles, circles, texts and images.</summary>
internal sealed partial class PdfPainter(XGraphics graphics)
{
    private static readonly XPdfFontOptions embedded = new(PdfSharp.Pdf.PdfFontEncoding.Unicode);

    public void Paint(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "svg":
                foreach (var child in element.Elements()) Paint(child);
                break;
            case "g":
                var state = graphics.Save();
                Transform(element);
                foreach (var child in element.Elements()) Paint(child);
                graphics.Restore(state);
                break;
            case "path":
                PaintPath(element);
                break;
            case "rect":
                graphics.DrawRectangle(Pen(element), Brush(element), Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));
                break;
            case "circle":
                var radius = Number(element, "r");
                graphics.DrawEllipse(Pen(element), Brush(element), Number(element, "cx") - radius, Number(element, "cy") - radius, 2 * radius, 2 * radius);
                break;
            case "text":
                PaintText(element);
                break;
            case "image":
                PaintImage(element);
                break;
        }
    }

    private void Transform(XElement element)
    {
        if ((string?)element.Attribute("transform") is not { } text) return;
        var move = Move().Match(text);
        graphics.TranslateTransform(DrawingStyle.Number(move.Groups[1].Value), DrawingStyle.Number(move.Groups[2].Value));
        if (text.Contains("rotate(-90)", StringComparison.Ordinal)) graphics.RotateTransform(-90);
    }

    private void PaintPath(XElement element)
    {
        var (pen, brush) = (Pen(element), Brush(element));
        var lines = PathData.Parse(element.Attribute("d")!.Value).Select(line => (Points: (XPoint[])[.. line.Points.Select(point => new XPoint(point.X, point.Y))], line.IsClosed)).ToArray();
        // What is not filled is drawn line by line: the library's paths join the end of one open line to the start of the next.
        if (brush is null)
            foreach (var (points, isClosed) in lines.Where(_ => pen is not null)) graphics.DrawLines(pen!, [.. points, .. isClosed || points.Length == 1 ? points[..1] : []]);
        else if (lines.Length > 0)
        {
            var path = new XGraphicsPath { FillMode = (string?)element.Attribute("fill-rule") == "evenodd" ? XFillMode.Alternate : XFillMode.Winding };
            foreach (var (points, _) in lines.Where(line => line.Points.Length > 1))
            {
                path.AddLines(points);
                path.CloseFigure();
            }
            if (pen is null) graphics.DrawPath(brush, path);
            else graphics.DrawPath(pen, brush, path);
        }
    }

    private void PaintText(XElement element)
    {
        var state = graphics.Save();
        Transform(element);
        var spans = Spans(element).ToArray();
        var width = spans.Sum(span => graphics.MeasureString(span.Text, span.Font).Width);
        var x = Number(element, "x") - ((string?)element.Attribute("text-anchor") switch { "end" => width, "middle" => width / 2, _ => 0 });
        var y = Number(element, "y");
        foreach (var (text, font, shift) in spans)
        {
            y += shift;
            // A rim around a letter is the letter once more, pushed aside all round.
            if (Pen(element) is { } rim)
                for (var i = 0; i < 8; i++) graphics.DrawString(text, font, new XSolidBrush(rim.Color), x + 0.5 * rim.Width * Math.Cos(i * Math.PI / 4), y + 0.5 * rim.Width * Math.Sin(i * Math.PI / 4), XStringFormats.BaseLineLeft);
            graphics.DrawString(text, font, Brush(element)!, x, y, XStringFormats.BaseLineLeft);
            x += graphics.MeasureString(text, font).Width;
        }
        graphics.Restore(state);
    }

    private static IEnumerable<(string Text, XFont Font, double Shift)> Spans(XElement text)
    {
        foreach (var node in text.Nodes())
        {
            var owner = node as XElement ?? text;
            if (owner.Name.LocalName == "title") continue;
            var size = Number(owner, "font-size");
            var shift = (string?)owner.Attribute("dy") is { } dy ? size * DrawingStyle.Number(dy[..^2]) : 0;
            yield return (node is XText plain ? plain.Value : owner.Value, new XFont(EmbeddedFonts.Family, size, IsBold(owner) ? XFontStyleEx.Bold : XFontStyleEx.Regular, embedded), node is XText ? 0 : shift);
        }
    }

    private static bool IsBold(XElement element) => (string?)element.Attribute("font-weight") is { } weight && int.Parse(weight, CultureInfo.InvariantCulture) >= 600;

    private void PaintImage(XElement element)
    {
        const string start = "data:image/png;base64,";
        using var stream = new MemoryStream(Convert.FromBase64String(element.Attribute("href")!.Value[start.Length..]));
        using var image = XImage.FromStream(stream);
        image.Interpolate = false;
        graphics.DrawImage(image, Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));
    }

    private static XSolidBrush? Brush(XElement element) => Colour(element, "fill") is { } colour ? new XSolidBrush(colour) : null;

    private static XPen? Pen(XElement element)
    {
        if (Colour(element, "stroke") is not { } colour) return null;
        var width = element.Attribute("stroke-width") is null ? 1 : Number(element, "stroke-width");
        var pen = new XPen(colour, width) { LineJoin = XLineJoin.Round };
        if ((string?)element.Attribute("stroke-linecap") == "round") pen.LineCap = XLineCap.Round;
        if ((string?)element.Attribute("stroke-dasharray") is { } dashes)
        {
            // The library counts in widths of the pen.
            pen.DashStyle = XDashStyle.Custom;
            pen.DashPattern = [.. dashes.Split(' ').Select(dash => DrawingStyle.Number(dash) / width)];
        }
        return pen;
    }

    private static XColor? Colour(XElement element, string attribute)
    {
        var text = (string?)element.Attribute(attribute) ?? (attribute == "fill" ? "#000" : "none");
        if (text == "none") return null;
        var digits = text.Length == 4 ? string.Concat(text.Skip(1).Select(c => $"{c}{c}")) : text[1..];
        var rgb = int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var opacity = (string?)element.Attribute("opacity") is { } share ? DrawingStyle.Number(share) : 1;
        return XColor.FromArgb((int)Math.Round(255 * opacity), rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }

    private static double Number(XElement element, string attribute) => (string?)element.Attribute(attribute) is { } text ? DrawingStyle.Number(text) : 0;

    [GeneratedRegex(@"translate\(([-0-9.]+) ([-0-9.]+)\)")]
    private static partial Regex Move();
}
