using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Files;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Tables;
using PdfSharp.Pdf.IO;

namespace ClusterSurvey.Activities.Tests.Report.Files;

public sealed class FigureFilesTests
{
    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    private static Figure FigureOf(string name) => ReportSite.Pages(SampleSurvey.Of(12)).SelectMany(page => page.Figures).Single(figure => figure.Name == name);

    [Theory]
    [InlineData("radial")]
    [InlineData("posterior-II")]
    [InlineData("clusters-global")]
    [InlineData("core-dynamical_state")]
    [InlineData("maps-A85")]
    [InlineData("spectra-A85")]
    public void A_figure_stands_alone_as_SVG_and_PDF_and_is_the_same_every_time(string name)
    {
        var sheet = FigureSheet.Of(FigureOf(name));
        var root = XDocument.Parse(sheet.ToSvg()).Root!;
        Assert.Equal(svg + "svg", root.Name);
        Assert.DoesNotMatch("class=|var\\(|NaN|data-tip", sheet.ToSvg());
        Assert.Equal(FigureOf(name).Drawings.SelectMany(element => element.DescendantsAndSelf("svg")).Sum(drawing => drawing.Descendants("path").Count()), root.Descendants(svg + "path").Count());

        var pdf = FigurePdf.Write(sheet);
        using (var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import))
        {
            var page = Assert.Single(document.Pages.Cast<PdfSharp.Pdf.PdfPage>());
            Assert.Equal(0.75 * sheet.Length("width"), page.Width.Point, 0.01);
        }
        var text = Encoding.Latin1.GetString(pdf);
        Assert.Matches("/FontName/[A-Z]{6}\\+Inter", text);
        Assert.Contains("/FontFile2", text, StringComparison.Ordinal);
        Assert.Equal(pdf, FigurePdf.Write(FigureSheet.Of(FigureOf(name))));
    }

    [Fact]
    public void Different_figures_have_different_ids()
    {
        static string Id(string name) => Regex.Match(Encoding.Latin1.GetString(FigurePdf.Write(FigureSheet.Of(FigureOf(name)))), "/ID ?\\[<([0-9A-F]+)>").Groups[1].Value;
        Assert.NotEqual(Id("radial"), Id("derived"));
    }

    [Fact]
    public void Colours_and_widths_are_those_of_the_page_in_light()
    {
        var drawing = new XElement("svg", new XAttribute("width", 10), new XAttribute("height", 10),
            new XElement("g", new XAttribute("class", "one faint"), new XElement("path", new XAttribute("class", "i68"), new XAttribute("d", "M0 0H1"))),
            new XElement("g", new XAttribute("class", "all"), new XElement("path", new XAttribute("class", "i68"), new XAttribute("d", "M0 0H1"))),
            new XElement("text", new XAttribute("class", "lb"), "x", new XElement("tspan", new XAttribute("class", "sm"), "2")));
        var root = FigureSheet.Of(new Figure([drawing], "c", new DataTable("f.csv", ["a"], []))).Root;
        var paths = root.Descendants(svg + "path").ToArray();
        Assert.Equal(("none", "#6b7077", "3", "0.4"), ((string)paths[0].Attribute("fill")!, (string)paths[0].Attribute("stroke")!, (string)paths[0].Attribute("stroke-width")!, (string)paths[0].Attribute("opacity")!));
        Assert.Equal(("#0072b2", "5", null), ((string)paths[1].Attribute("stroke")!, (string)paths[1].Attribute("stroke-width")!, (string?)paths[1].Attribute("opacity")));
        Assert.Equal("12", (string)root.Descendants(svg + "text").Single().Attribute("font-size")!);
        Assert.Equal("8.88", (string)root.Descendants(svg + "tspan").Single().Attribute("font-size")!);
    }

    // The boxes of the annuli, from their place on the axis back to numbers, are the numbers of the file.
    [Fact]
    public void The_numbers_of_the_file_are_those_that_are_drawn()
    {
        var model = SampleSurvey.Of(12);
        var figure = FigureOf("radial");
        var rows = figure.Data.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        var (region, parameter, low, high) = (Array.IndexOf(rows[0], "region"), Array.IndexOf(rows[0], "parameter"), Array.IndexOf(rows[0], "low68"), Array.IndexOf(rows[0], "high68"));
        var slopes = rows.Skip(1).Where(row => row[parameter] == "slope").ToDictionary(row => row[region], row => (Low: Number(row[low]), High: Number(row[high])));
        Assert.Equal(6, slopes.Count);
        Assert.All(model.Regions, result => Assert.Equal(result.Joint.Slope.Low68, slopes[result.Name].Low, 1e-4));
        var boxes = figure.Drawings[2].Descendants("rect").Where(rectangle => (string?)rectangle.Attribute("class") == "b68").ToArray();
        string[] annuli = ["I", "II", "III", "IV"];
        // A linear axis: heights go with the widths of the intervals.
        var scale = Number(boxes[0].Attribute("height")!.Value) / (slopes["I"].High - slopes["I"].Low);
        for (var i = 1; i < boxes.Length; i++) Assert.Equal(scale * (slopes[annuli[i]].High - slopes[annuli[i]].Low), Number(boxes[i].Attribute("height")!.Value), 0.3);
    }

    [Fact]
    public void A_folder_has_all_files_of_every_figure_and_no_page_of_a_cluster_that_is_gone()
    {
        using var scratch = new ScratchFolder();
        var (folder, three) = (new ReportFolder(scratch["report"]), ReportSite.Pages(SampleSurvey.Of(3, pixels: 16)));
        foreach (var page in three) folder.Write(page);
        folder.WriteFigures(three);
        var figures = three.SelectMany(page => page.Figures).Select(figure => figure.Name).ToArray();
        Assert.Equal(figures.SelectMany(name => new[] { $"{name}.csv", $"{name}.pdf", $"{name}.svg" }).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Combine(folder.Path, "figures")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var stays in new[] { "validation.html", "figures/recovery-I.svg" }) File.WriteAllText(Path.Combine(folder.Path, stays), "stays");
        var two = ReportFolder.FilesOf(ReportSite.Pages(SampleSurvey.Of(2, pixels: 16)));
        folder.RemoveOthers(two);
        Assert.Equal(two.Concat(["validation.html", "figures/recovery-I.svg"]).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Order(StringComparer.Ordinal));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
