using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>What was measured on one cluster: flags, maps, spectra, posteriors, mean model.</summary>
internal static class ClusterPage
{
    private static readonly (string Label, bool Logarithmic)[] Columns = [.. Parameter.All.Select(parameter => (parameter.AxisLabel, parameter.Logarithmic))];

    public static ReportPage Draw(ReportModel model, ClusterResult cluster) => ReportPage.Of(model, model.Names.ClusterPage(cluster.Name), $"{cluster.Name} – {model.SurveyName}", [],
        Html.Tag("section", null, Html.At("id", "result"), Html.Tag("h1", null, cluster.Name), Facts(cluster), Flags(cluster)),
        Section("maps", "Maps", ClusterMapsFigure.Draw(model, cluster)),
        Section("spectra", "Spectra", Spectra(cluster, model)),
        Section("posteriors", "Posteriors", Intervals(model, cluster), Numbers(cluster, model), LiteratureSection.OfCluster(model, cluster), Corners(model, cluster)),
        MeanModel(cluster));

    private static XElement? Section(string id, string title, params XElement?[] content) =>
        content.All(element => element is null) ? null : Html.Tag("section", null, Html.At("id", id), Html.Tag("h2", null, title), content);

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

    private static XElement? Spectra(ClusterResult cluster, ReportModel model)
    {
        var measured = cluster.Regions.Where(region => region.Spectrum is { ScalesR500.Length: > 0 }).ToArray();
        if (measured.Length == 0) return null;
        var plots = measured.Select(region => new SpectrumPlot(Title(region, model), region.Spectrum!, cluster.R500Kpc).Draw());
        var caption = $"Spectra of {cluster.Name}. Above: power of the fluctuation map (points) and of counting noise alone (dashed), in {measured[0].Spectrum!.PowerUnit}. "
            + "Below: S = ln(power / null power), what the networks see; bands hold 68 and 95 % of what the posterior predicts, with the median as a line.";
        return new Figure([.. plots], caption, SpectrumData(cluster, model, measured)).Draw();
    }

    private static string Title(ClusterRegion region, ReportModel model) => model.Regions.FirstOrDefault(r => r.Name == region.Region)?.Title ?? region.Region;

    private static DataTable SpectrumData(ClusterResult cluster, ReportModel model, ClusterRegion[] regions) => new($"spectra-{model.Names.Cluster(cluster.Name)}.csv",
        ["region", "scale_r500", "scale_kpc", "power", "null_power", "s", "s_predicted_median", "s_low68", "s_high68", "s_low95", "s_high95"],
        [.. regions.SelectMany(region => region.Spectrum!.ScalesR500.Select((scale, i) => (object[])
            [region.Region, scale, scale * cluster.R500Kpc, region.Spectrum.Power[i], region.Spectrum.NullPower[i], region.Spectrum.S[i], .. Predicted(region.Spectrum.Predictive, i)]))]);

    private static IEnumerable<object> Predicted(PredictiveBand? band, int i) =>
        band is null ? Enumerable.Repeat<object>(double.NaN, 5) : [band.Median[i], band.Low68[i], band.High68[i], band.Low95[i], band.High95[i]];

    // This cluster beside all of them, region by region.
    private static XElement? Intervals(ReportModel model, ClusterResult cluster)
    {
        var regions = cluster.Regions.Where(region => region.Posterior is not null).Select(region => (Here: region, Joint: model.Regions.FirstOrDefault(joint => joint.Name == region.Region))).ToArray();
        if (regions.Length == 0) return null;
        var rows = regions.Select(region => new ComparedRow(region.Joint?.Title ?? region.Here.Region,
            [.. Enumerable.Range(0, 3).Select(p => (IReadOnlyList<ComparedValue>)[new(region.Here.Posterior![p], region.Here.Truth?[p]), new(region.Joint?.Joint[p], region.Joint?.Truth?[p])])]));
        var truth = model.IsMock ? " Dashed orange lines: the truth of the mock." : "";
        var data = new DataTable($"intervals-{model.Names.Cluster(cluster.Name)}.csv", ["region", "posterior", .. DataRow.Columns],
            [.. regions.SelectMany(region => new object[][] { [region.Here.Region, cluster.Name, .. DataRow.Of(region.Here.Posterior)], [region.Here.Region, "joint", .. DataRow.Of(region.Joint?.Joint)] })]);
        return new Figure([new ComparisonPlot($"Posteriors of {cluster.Name} region by region", Columns, [$"{cluster.Name} alone", "joint posterior of the sample"], [.. rows]).Draw()],
            $"Posterior of {cluster.Name} alone (filled) and joint posterior of the sample (open) in each region: median, 68 % (thick) and 95 % (thin) intervals.{truth}", data, IsWide: true).Draw();
    }

    // One corner plot for each region, in one figure.
    private static XElement? Corners(ReportModel model, ClusterResult cluster)
    {
        var regions = cluster.Regions.Where(region => region is { Posterior: not null, Densities: not null }).ToArray();
        if (regions.Length == 0) return null;
        var plots = regions.Select(region => new CornerPlot(Title(region, model), region.Posterior!, region.Densities!.Value, model.Methods.Prior, region.Truth) { Heading = Title(region, model) }.Draw());
        var truth = model.IsMock ? " Dashed orange lines: the truth of the mock." : "";
        var caption = $"Posteriors of {cluster.Name} alone, region by region. Diagonal: marginal densities, the 68 % interval shaded, a line at the median. Below: 68 and 95 % highest-density regions.{truth} The bar above each column is the range of the prior; its dark part is what the axis spans.";
        var data = new DataTable($"corner-{model.Names.Cluster(cluster.Name)}.csv", ["region", .. DensityRows.Columns], [.. regions.SelectMany(region => DensityRows.Of(region.Densities!.Value).Select(row => (object[])[region.Region, .. row]))]);
        return new Figure([.. plots], caption, data).Draw();
    }

    private static XElement? Numbers(ClusterResult cluster, ReportModel model)
    {
        if (cluster.Regions.Count == 0) return null;
        var headings = Parameter.All.Select(p => (object)RichText.ToHtml(p.Heading));
        return Html.ScrollBox(new XElement("table", new XElement("caption", "Posterior from this cluster alone, medians with 68 % intervals"),
            Html.Headings(headings.Prepend("Region").Append("Pixels")),
            new XElement("tbody", cluster.Regions.Select(region => new XElement("tr", Html.RowHeading(RichText.ToHtml(Title(region, model))),
                Enumerable.Range(0, 3).Select(p => Html.Tag("td", "n", Value(region, p))), Html.Tag("td", "n", region.Pixels is { } pixels ? NumberText.Count(pixels) : "–"))))), "Posteriors");
    }

    private static object?[] Value(ClusterRegion region, int p) =>
        [region.Posterior is null ? "–" : NumberText.ToHtml(region.Posterior[p]), region.Truth is null ? null : Html.Tag("span", "in", $"truth {(region.Posterior is null ? NumberText.Significant(region.Truth[p]) : NumberText.Like(region.Truth[p], region.Posterior[p]))}")];

    private static XElement? MeanModel(ClusterResult cluster) => cluster.MeanModel.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "model"), Html.Tag("h2", null, "Mean model"), Html.ScrollBox(new XElement("table",
        Html.Headings(new[] { "Parameter", "Symbol", "Value", "Unit" }),
        new XElement("tbody", cluster.MeanModel.Select(parameter => new XElement("tr", Html.RowHeading(parameter.Name),
            new XElement("td", RichText.ToHtml(parameter.Symbol)), Html.Tag("td", "n", NumberText.WithError(parameter.Value, parameter.Error)), new XElement("td", RichText.ToHtml(parameter.Unit)))))), "Mean model"));
}
