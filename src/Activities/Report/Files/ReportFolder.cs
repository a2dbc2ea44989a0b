using System.Text;
using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>The folder of a report: its pages, and in <c>figures</c> every figure as SVG, PDF and CSV.</summary>
/// <param name="Path">Where it is.</param>
public sealed partial record ReportFolder(string Path)
{
    private string Figures => System.IO.Path.Combine(Path, Figure.Folder);

    /// <summary>Writes pages, and removes those of a survey's report that are not among them any more.</summary>
    public void WritePages(IReadOnlyList<ReportPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        foreach (var page in pages) Write(page);
        var names = pages.Select(page => page.FileName).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Path, "*.html"))
            if (OfSurvey().IsMatch(System.IO.Path.GetFileName(file)) && !names.Contains(System.IO.Path.GetFileName(file))) File.Delete(file);
    }

    /// <summary>Writes one page.</summary>
    public void Write(ReportPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        Write(System.IO.Path.Combine(Path, page.FileName), Encoding.UTF8.GetBytes(page.Text()));
    }

    /// <summary>Writes the files of every figure of some pages.</summary>
    public void WriteFigures(IEnumerable<ReportPage> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        foreach (var figure in pages.SelectMany(page => page.Figures))
        {
            var sheet = FigureSheet.Of(figure);
            Write(System.IO.Path.Combine(Figures, figure.Name + ".svg"), Encoding.UTF8.GetBytes(sheet.ToSvg()));
            Write(System.IO.Path.Combine(Figures, figure.Name + ".pdf"), FigurePdf.Write(sheet));
            Write(System.IO.Path.Combine(Figures, figure.Name + ".csv"), Encoding.UTF8.GetBytes(figure.Data.ToCsv()));
        }
    }

    /// <summary>Writes what the methods paragraph cites.</summary>
    public void WriteBibliography(IEnumerable<Reference> references) => Write(System.IO.Path.Combine(Path, MethodsSection.Bibliography), Encoding.UTF8.GetBytes(References.ToBibTeX(references)));

    // What follows from the run's tables can be written anew: it is not forced to the disk, which takes longer than all the rest.
    private static void Write(string path, byte[] content) => AtomicFile.Write(path, stream => stream.Write(content), isDurable: false);

    [GeneratedRegex("^(region|grouping|cluster)-")]
    private static partial Regex OfSurvey();
}
