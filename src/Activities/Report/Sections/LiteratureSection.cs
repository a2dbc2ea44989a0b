using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Samples;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Results of the literature beside ours, with where they were read.</summary>
internal static class LiteratureSection
{
    private const string Title = "Published results";

    // What both have: the key in the table of the literature, how it is named, and what it is of a joint posterior.
    private static readonly (string Key, string Name, Func<Ours, PosteriorSummary?> Of)[] quantities =
    [
        ("mach_3d", "Mach number M_{3D}", ours => ours.Mach), ("turbulent_pressure_fraction", "P_{turb}/P_{tot}", ours => ours.Fraction), ("hydrostatic_bias", "bias b_{turb}", ours => ours.Fraction),
        ("clumping", "clumping C", ours => ours.Clumping), ("slope", "slope α", ours => ours.Joint.Slope), ("injection_scale_kpc", "ℓ_{inj} (kpc)", ours => ours.Joint.InjectionScaleR500.Select(scale => scale * ours.R500Kpc)),
        ("peak_amplitude", "peak of A(k)", _ => null), ("velocity_dispersion_km_s", "velocity (km s^{−1})", _ => null),
    ];

    // What is drawn: numbers that do not depend on the size of a cluster.
    private static readonly string[] drawn = ["mach_3d", "turbulent_pressure_fraction", "clumping"];

    /// <summary>What is ours of some clusters in a region.</summary>
    private sealed record Ours(string Words, TurbulenceSummary Joint, PosteriorSummary? Mach, PosteriorSummary? Fraction, PosteriorSummary? Clumping, double R500Kpc);

    /// <summary>Whether there is anything to show on the survey's page.</summary>
    public static bool IsIn(ReportModel model) => model.Literature.Count > 0 && Summary.MainRegion(model) is not null;

    /// <summary>Everything that is published, beside the survey's main region.</summary>
    public static XElement? Draw(ReportModel model)
    {
        if (!IsIn(model)) return null;
        var ours = Of(model, Summary.MainRegion(model)!);
        return Html.Tag("section", null, Html.At("id", "literature"), Html.Tag("h2", null, Title), Picture(model, ours), Table(model.Literature, result => OursFor(model, result), "This survey"),
            Html.Tag("p", "fine", "From data/literature.csv, as the sources named there have it. Where a source names no region, ours is that of all radii; no selection, band, scale or calibration was matched."));
    }

    /// <summary>What is published of a region with its bounds.</summary>
    public static XElement? OfRegion(ReportModel model, RegionResult region)
    {
        var there = model.Literature.Where(result => result.IsWithin(region.InnerR500, region.OuterR500)).ToArray();
        var ours = Of(model, region);
        return there.Length == 0 ? null : Html.Tag("section", null, Html.At("id", "literature"), Html.Tag("h2", null, Title), Table(there, _ => ours, "This survey"));
    }

    /// <summary>What is published of groups of the same name.</summary>
    public static XElement? OfGroups(ReportModel model, SampleGrouping grouping)
    {
        var region = Summary.MainRegion(model);
        var parts = model.Subsamples.Where(part => part.Grouping == grouping.Name && part.Region == region?.Name).ToArray();
        SubsampleResult? Part(PublishedResult result) => parts.FirstOrDefault(part => string.Equals(part.Name, result.Subsample, StringComparison.OrdinalIgnoreCase));
        var there = model.Literature.Where(result => Part(result) is not null).ToArray();
        return there.Length == 0 ? null : Html.Tag("section", null, Html.At("id", "literature"), Html.Tag("h2", null, Title),
            Table(there, result => Of(model, Part(result)!, region!), "This survey"));
    }

    /// <summary>What is published of a cluster.</summary>
    public static XElement? OfCluster(ReportModel model, ClusterResult cluster)
    {
        var there = model.Literature.Where(result => result.IsOf(cluster.Name)).ToArray();
        var main = Summary.MainRegion(model);
        var here = cluster.Regions.FirstOrDefault(region => region.Region == main?.Name)?.Posterior;
        return there.Length == 0 ? null : Table(there, _ => here is null ? null : new Ours(main!.Title, here, null, null, null, cluster.R500Kpc), "This cluster alone");
    }

    private static Ours Of(ReportModel model, RegionResult region) => new(region.Title, region.Joint, region.MachNumber, Derived(region, "pressure"), Derived(region, "clumping"), MeanR500(model, cluster => !model.IsExcluded(cluster.Name)));

    private static Ours Of(ReportModel model, SubsampleResult part, RegionResult region)
    {
        var members = model.Division.Groupings.First(grouping => grouping.Name == part.Grouping).Groups.First(group => group.Name == part.Name).Clusters;
        return new($"{part.Name}, {region.Title}", part.Joint, part.MachNumber, null, part.Joint.Sigma.Select(sigma => 1 + sigma * sigma), MeanR500(model, cluster => members.Contains(cluster.Name)));
    }

    private static double MeanR500(ReportModel model, Func<ClusterResult, bool> counts) => model.Clusters.Where(counts).Select(cluster => cluster.R500Kpc).DefaultIfEmpty(double.NaN).Average();

    private static PosteriorSummary? Derived(RegionResult region, string key) => region.Derived.FirstOrDefault(quantity => quantity.Key == key)?.Value;

    // A source that names a region is held against that one, and against none where we have none with its bounds.
    private static Ours? OursFor(ReportModel model, PublishedResult result)
    {
        if (result.IsOfOneCluster) return null;
        var region = result.Region.Length == 0 ? Summary.MainRegion(model) : model.Regions.FirstOrDefault(region => result.IsWithin(region.InnerR500, region.OuterR500));
        return region is null ? null : Of(model, region);
    }

    private static XElement Table(IReadOnlyList<PublishedResult> results, Func<PublishedResult, Ours?> oursFor, string ours) => Html.ScrollBox(new XElement("table",
        Html.Headings(new object[] { "Quantity", "Published of", "Region", "Value", ours, "Source" }),
        new XElement("tbody", results.OrderBy(Place).Select(result => new XElement("tr", Html.RowHeading(RichText.ToHtml(NameOf(result.Quantity))), new XElement("td", result.Whose),
            new XElement("td", result.Region.Length == 0 ? "–" : RichText.ToHtml(result.Region.Replace("-", "–", StringComparison.Ordinal).Replace("R500", "R_{500}", StringComparison.Ordinal))),
            Html.Tag("td", "n", Published(result)), Html.Tag("td", "n", oursFor(result) is { } here && Quantity(result.Quantity)?.Of(here) is { IsFinite: true } value ? NumberText.ToHtml(value) : "–"),
            Html.Tag("td", "wrap", string.Join("; ", new[] { result.Source, result.Notes, result.Status is "published" || result.Value is null ? "" : result.Status }.Where(text => text.Length > 0))))))), Title);

    private static int Place(PublishedResult result) => Array.FindIndex(quantities, quantity => quantity.Key == result.Quantity) is >= 0 and var place ? place : quantities.Length;

    private static (string Key, string Name, Func<Ours, PosteriorSummary?> Of)? Quantity(string key) => quantities.Where(quantity => quantity.Key == key).Select(quantity => ((string, string, Func<Ours, PosteriorSummary?>)?)quantity).FirstOrDefault();

    private static string NameOf(string key) => Quantity(key)?.Name ?? key.Replace('_', ' ');

    private static object Published(PublishedResult result) => result.Summary is not { } summary ? result.Status
        : result.ErrorLow is null && result.ErrorHigh is null ? summary.Median.ToString("G6", CultureInfo.InvariantCulture) : NumberText.ToHtml(summary);

    private static XElement? Picture(ReportModel model, Ours ours)
    {
        var published = model.Literature.Where(result => !result.IsOfOneCluster && result.Value is not null && drawn.Contains(result.Quantity)).GroupBy(result => result.Whose).ToArray();
        if (published.Length == 0) return null;
        IReadOnlyList<IReadOnlyList<ComparedValue>> Values(Func<string, PosteriorSummary?> of) => [.. drawn.Select(key => (IReadOnlyList<ComparedValue>)[new ComparedValue(of(key))])];
        var rows = published.Select(group => new ComparedRow(group.Key, Values(key => group.FirstOrDefault(result => result.Quantity == key)?.Summary)))
            .Prepend(new ComparedRow("this survey", Values(key => Quantity(key)!.Value.Of(ours)))).ToArray();
        var plot = new ComparisonPlot("Published results beside ours", [.. drawn.Select(key => (NameOf(key), false))], [$"this survey: {ours.Words}; others as published"], rows, FirstIsWhole: true) { NameRoom = 214 };
        var data = new DataTable("literature.csv", ["whose", "quantity", "value", "low68", "high68"],
            [.. rows.SelectMany(row => drawn.Select((key, i) => (object[])[row.Name, key, row.Values[i][0].Posterior?.Median ?? double.NaN, row.Values[i][0].Posterior?.Low68 ?? double.NaN, row.Values[i][0].Posterior?.High68 ?? double.NaN]).Where(cells => double.IsFinite((double)cells[2])))]);
        return new Figure([plot.Draw()], "Results of the literature beside the joint posterior of this survey, whose thin lines are 95 % intervals. A dot without a bar: the source gives no error, or it was not read.", data, IsWide: true).Draw();
    }
}
