using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Images;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>What was measured on one cluster: maps, spectra, posteriors, mean model, flags.</summary>
internal static class ClusterCard
{
    private const int ManyClusters = 24;

    public static object?[] Draw(ClusterResult cluster, ReportModel model) =>
    [
        Facts(cluster), Flags(cluster), Maps(cluster, model), Spectra(cluster, model), Posteriors(cluster, model), MeanModel(cluster),
        Html.Tag("p", "fine", Html.Tag("a", null, Html.At("href", "#clusters"), "Back to the table of clusters")),
    ];

    private static XElement Facts(ClusterResult cluster)
    {
        var facts = new List<Fact> { new("Redshift", NumberText.Fixed(cluster.Redshift, 4)), new("R_{500}", NumberText.Count(cluster.R500Kpc), "kpc") };
        if (cluster is { RaDeg: { } ra, DecDeg: { } dec }) facts.Add(new("RA, Dec", $"{NumberText.Fixed(ra, 4)}, {NumberText.Fixed(dec, 4)}", "deg"));
        if (cluster.SourceCounts is { } counts) facts.Add(new("Source counts", NumberText.Count(counts)));
        if (cluster.Instrument is { } instrument) facts.Add(new("Instrument", instrument));
        return Html.Tag("dl", "facts", facts.Concat(cluster.Facts).Select(fact => Html.Tag("div", null, new XElement("dt", RichText.ToHtml(fact.Name)), new XElement("dd", fact.Value, " ", RichText.ToHtml(fact.Unit)))));
    }

    // What is said of several regions is said once, with their names.
    private static XElement? Flags(ClusterResult cluster)
    {
        var byFlag = cluster.Regions.SelectMany(region => region.Flags.Select(flag => (region.Region, Flag: flag))).GroupBy(entry => entry.Flag, entry => entry.Region);
        return FlagList.Draw([.. cluster.Flags, .. byFlag.Select(group => group.Key with { Name = $"{(group.Count() == 1 ? "Region" : "Regions")} {string.Join(", ", group)}: {group.Key.Name}" })]);
    }

    private static XElement? Maps(ClusterResult cluster, ReportModel model)
    {
        if (cluster.Maps is not { } maps) return null;
        var side = model.Clusters.Count > ManyClusters ? 112 : 192;
        var outlines = model.Regions.Where(region => region.IsAnnulusOf(model.Regions)).Select(region => new MapOutline(region.Name, region.OuterR500));
        var fluctuation = new MapPlot($"Fluctuation map of {cluster.Name}", maps.Fluctuation, ColourScale.Symmetric(maps.Fluctuation), side);
        var thumbnails = new[] { ("Counts", maps.Counts), ("Mean model", maps.MeanModel), ("Exposure", maps.Exposure) }
            .Where(named => named.Item2 is not null).Select(named => new MapPlot(named.Item1, named.Item2!, ColourScale.Rising(named.Item2!), side / 2).Thumbnail(120));
        var caption = $"Surface-brightness fluctuation of {cluster.Name} around its mean model ({maps.Fluctuation.Unit}); asinh colour scale with zero in the middle, masked pixels grey. "
            + "Ellipses: outer bounds of the regions. Small: the maps it was made from, with the range of their colours.";
        return new Figure([fluctuation.Draw(maps.Ellipse, maps.PixelR500, cluster.R500Kpc, outlines), Html.Tag("div", "thumbs", thumbnails)], caption).Draw();
    }

    private static XElement? Spectra(ClusterResult cluster, ReportModel model)
    {
        var measured = cluster.Regions.Where(region => region.Spectrum is { ScalesR500.Length: > 0 }).ToArray();
        if (measured.Length == 0) return null;
        var plots = measured.Select(region => new SpectrumPlot(Title(region, model), region.Spectrum!, cluster.R500Kpc).Draw());
        var caption = $"Spectra of {cluster.Name}. Above: power of the fluctuation map (points) and of counting noise alone (dashed), in {measured[0].Spectrum!.PowerUnit}. "
            + "Below: S = ln(power / null power), what the networks see; bands hold 68 and 95 % of what the posterior predicts, with the median as a line.";
        return new Figure([.. plots], caption, Data(cluster, measured)).Draw();
    }

    private static string Title(ClusterRegion region, ReportModel model) => model.Regions.FirstOrDefault(r => r.Name == region.Region)?.Title ?? region.Region;

    private static DataTable Data(ClusterResult cluster, ClusterRegion[] regions) => new($"spectra-{Safe(cluster.Name)}.csv",
        ["region", "scale_r500", "scale_kpc", "power", "null_power", "s", "s_predicted_median", "s_low68", "s_high68", "s_low95", "s_high95"],
        [.. regions.SelectMany(region => region.Spectrum!.ScalesR500.Select((scale, i) => (object[])
            [region.Region, scale, scale * cluster.R500Kpc, region.Spectrum.Power[i], region.Spectrum.NullPower[i], region.Spectrum.S[i], .. Predicted(region.Spectrum.Predictive, i)]))]);

    private static IEnumerable<object> Predicted(PredictiveBand? band, int i) =>
        band is null ? Enumerable.Repeat<object>(double.NaN, 5) : [band.Median[i], band.Low68[i], band.High68[i], band.Low95[i], band.High95[i]];

    private static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' ? c : '_'));

    private static XElement? Posteriors(ClusterResult cluster, ReportModel model)
    {
        if (cluster.Regions.Count == 0) return null;
        var headings = Parameter.All.Select(p => (object)RichText.ToHtml(p.Symbol + (p.Unit.Length > 0 ? $" ({p.Unit})" : "")));
        return Html.ScrollBox(new XElement("table", new XElement("caption", "Posterior from this cluster alone, medians with 68 % intervals"),
            Html.Headings(headings.Prepend("Region").Append("Pixels")),
            new XElement("tbody", cluster.Regions.Select(region => new XElement("tr", Html.RowHeading(RichText.ToHtml(Title(region, model))),
                Enumerable.Range(0, 3).Select(p => Html.Tag("td", "n", Value(region, p))), Html.Tag("td", "n", region.Pixels is { } pixels ? NumberText.Count(pixels) : "–"))))), "Posteriors");
    }

    private static object?[] Value(ClusterRegion region, int p) =>
        [region.Posterior is null ? "–" : NumberText.ToHtml(region.Posterior[p]), region.Truth is null ? null : Html.Tag("span", "in", $"truth {(region.Posterior is null ? NumberText.Significant(region.Truth[p]) : NumberText.Like(region.Truth[p], region.Posterior[p]))}")];

    private static XElement? MeanModel(ClusterResult cluster) => cluster.MeanModel.Count == 0 ? null : Html.Details(null, "Mean model", open: false, Html.ScrollBox(new XElement("table",
        Html.Headings(new[] { "Parameter", "Symbol", "Value", "Unit" }),
        new XElement("tbody", cluster.MeanModel.Select(parameter => new XElement("tr", Html.RowHeading(parameter.Name),
            new XElement("td", RichText.ToHtml(parameter.Symbol)), Html.Tag("td", "n", NumberText.WithError(parameter.Value, parameter.Error)), new XElement("td", RichText.ToHtml(parameter.Unit)))))), "Mean model"));
}
