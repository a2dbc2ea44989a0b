using System.Globalization;
using System.Text;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>How much an oddity matters.</summary>
public enum OdditySeverity
{
    /// <summary>Worth knowing; the survey copes.</summary>
    Note,

    /// <summary>Can falsify a result unless a setting deals with it.</summary>
    Warning,

    /// <summary>The file, or the pair of files, cannot be used as it is.</summary>
    Error,
}

/// <summary>Something unusual about a file or about files together. The code is short and stable, for machines: <c>counts_under_zero_exposure</c>.</summary>
public sealed record Oddity(OdditySeverity Severity, string Code, Problem Problem);

/// <summary>One thing that is known of a file, as a number or as a text. The name carries the unit.</summary>
public sealed record Fact(string Name, double? Number, string? Text)
{
    // JSON has no word for a number that is not finite.
    public static Fact Of(string name, double number) =>
        double.IsFinite(number) ? new(name, number, null) : new(name, null, number.ToString(CultureInfo.InvariantCulture));

    public static Fact Of(string name, string text) => new(name, null, text);

    public override string ToString() => $"{Name}: {Text ?? Number?.ToString("R", CultureInfo.InvariantCulture)}";
}

/// <summary>What a file, a map set or a folder is, with everything unusual about it.</summary>
public sealed record InspectionReport
{
    public required string Path { get; init; }

    /// <summary>"image", "tables", "regions", "map set", "folder", "unusable" or "unknown".</summary>
    public required string Kind { get; init; }

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public IReadOnlyList<Oddity> Oddities { get; init; } = [];

    /// <summary>The files of a map set or a folder.</summary>
    public IReadOnlyList<InspectionReport> Parts { get; init; } = [];

    /// <summary>The oddities of this and of every part.</summary>
    public IEnumerable<Oddity> AllOddities() => Oddities.Concat(Parts.SelectMany(part => part.AllOddities()));

    /// <summary>The report for people to read.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Append(text, "");
        return text.ToString();
    }

    // The path stands above already.
    private string Shorten(Problem problem) => problem.Where == Path
        ? $"found {problem.Found}, expected {problem.Expected}; {problem.Remedy}"
        : problem.Where.StartsWith(Path, StringComparison.Ordinal) ? problem.ToString()[Path.Length..].TrimStart() : problem.ToString();

    private void Append(StringBuilder text, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{Path}: {Kind}\n");
        foreach (var fact in Facts) text.Append(CultureInfo.InvariantCulture, $"{indent}  {fact}\n");
        foreach (var oddity in Oddities.OrderByDescending(o => o.Severity))
            text.Append(CultureInfo.InvariantCulture, $"{indent}  {oddity.Severity.ToString().ToLowerInvariant()}: {Shorten(oddity.Problem)}\n");
        foreach (var part in Parts) part.Append(text, indent + "  ");
    }
}
