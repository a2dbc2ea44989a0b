using System.Globalization;
using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The true parameters of one cluster in one region of a mock sample.</summary>
public sealed record TruthRow(string Cluster, string Region, double Log10Sigma, double Log10InjectionScale, double Slope)
{
    public TurbulenceParameters Parameters => new(Log10Sigma, Log10InjectionScale, Slope);
}

/// <summary>The truth of a mock sample: truth.csv with cluster, region, log10_sigma, log10_injection_scale, slope.</summary>
public static class TruthTable
{
    private const string Header = "cluster,region,log10_sigma,log10_injection_scale,slope";

    public static void Write(string path, IEnumerable<TruthRow> rows)
    {
        var lines = rows.Select(row => FormattableString.Invariant(
            $"{row.Cluster},{row.Region},{row.Log10Sigma:R},{row.Log10InjectionScale:R},{row.Slope:R}"));
        AtomicFile.WriteText(path, string.Concat(lines.Prepend(Header).Select(line => line + "\n")));
    }

    /// <exception cref="BadInputException">Not a table of this form.</exception>
    public static IReadOnlyList<TruthRow> Read(string path)
    {
        var records = CsvText.Parse(InputFiles.Read(path), path).ToList();
        var header = records.Count == 0 ? null : string.Join(',', records[0].Cells);
        if (header != Header)
            throw new BadInputException(path, header is null ? "an empty file" : $"the header {header}", $"the header {Header}",
                "name the truth table of a mock sample");
        return [.. records.Skip(1).Select(record => Row(path, record))];
    }

    /// <summary>Makes the truth known to the reports of a run.</summary>
    public static void Publish(RunFolder run, string path)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Publish("survey", "truth", SurveyJson.ToNode(Read(path).ToArray())!);
    }

    /// <summary>The truth that a run knows; empty for real maps.</summary>
    public static IReadOnlyList<TruthRow> Published(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Published("survey", "truth")?.Deserialize<TruthRow[]>(SurveyJson.Options) ?? [];
    }

    private static TruthRow Row(string path, CsvRecord record)
    {
        var numbers = new double[3];
        for (var i = 0; i < 3; i++)
            if (record.Cells.Length != 5 || !double.TryParse(record.Cells[i + 2], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                throw new BadInputException($"{path}:{record.Line}", string.Join(',', record.Cells), Header, "correct the row");
        return new TruthRow(record.Cells[0], record.Cells[1], numbers[0], numbers[1], numbers[2]);
    }
}
