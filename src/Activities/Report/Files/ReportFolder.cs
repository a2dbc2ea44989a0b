using System.Text;
using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>The folder of a report: its pages, and in <c>figures</c> every figure as SVG, PDF and CSV.</summary>
/// <param name="Path">Where it is.</param>
public sealed partial record ReportFolder(string Path)
{
    private static readonly string[] FigureKinds = ["svg", "pdf", "csv"];

    private string Figures => System.IO.Path.Combine(Path, Figure.Folder);

    /// <summary>Removes the pages and figures of an earlier report of a survey that are not among the files of this one; those of a validation stay.</summary>
    /// <param name="files">The files of the report, relative to the folder, with '/' between names.</param>
    public void RemoveOthers(IEnumerable<string> files)
    {
        var kept = files.ToHashSet();
        string[] pages = [.. Directory.EnumerateFiles(Path, "*.html").Select(file => System.IO.Path.GetFileName(file)).Where(name => OfSurvey().IsMatch(name))];
        string[] figures = Directory.Exists(Figures) ? [.. Directory.EnumerateFiles(Figures).Select(file => System.IO.Path.GetFileName(file)).Where(name => !name.StartsWith(ValidationPage.FigurePrefix, StringComparison.Ordinal))] : [];
        foreach (var name in pages.Concat(figures.Select(name => $"{Figure.Folder}/{name}")).Where(name => !kept.Contains(name))) File.Delete(System.IO.Path.Combine(Path, name));
    }

    /// <summary>The files of some pages and of their figures, relative to the folder.</summary>
    public static IReadOnlyList<string> FilesOf(IEnumerable<ReportPage> pages) => [.. pages.SelectMany(page => page.Figures
        .SelectMany(figure => FigureKinds.Select(kind => $"{Figure.Folder}/{figure.Name}.{kind}")).Prepend(page.FileName))];

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
            Write(PathOf(figure, "svg"), Encoding.UTF8.GetBytes(sheet.ToSvg()));
            Write(PathOf(figure, "pdf"), FigurePdf.Write(sheet));
            Write(PathOf(figure, "csv"), Encoding.UTF8.GetBytes(figure.Data.ToCsv()));
        }
    }

    private string PathOf(Figure figure, string kind) => System.IO.Path.Combine(Figures, $"{figure.Name}.{kind}");

    /// <summary>Writes what the methods paragraph cites.</summary>
    public void WriteBibliography(IEnumerable<Reference> references) => Write(System.IO.Path.Combine(Path, MethodsSection.Bibliography), Encoding.UTF8.GetBytes(References.ToBibTeX(references)));

    // What follows from the run's tables can be written anew: it is not forced to the disk, which takes longer than all the rest.
    private static void Write(string path, byte[] content) => AtomicFile.Write(path, stream => stream.Write(content), isDurable: false);

    [GeneratedRegex("^(region|grouping|cluster)-")]
    private static partial Regex OfSurvey();
}
