using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Title, summary, joint posteriors, verdicts.</summary>
internal static class HeadSection
{
    public static XElement Draw(ReportModel model) => Html.Tag("section", null, Html.At("id", "result"),
        Html.Tag("h1", null, model.SurveyName),
        Html.Tag("p", "by", $"{Number(model.Clusters.Count, "cluster")} · {Number(model.Regions.Count, "region")} · {model.Date} · run {model.Provenance.RunId}{(model.IsMock ? " · mock data with known truth" : "")}"),
        model.Description.Length > 0 ? Html.Tag("p", null, model.Description) : null,
        Html.Tag("p", "lead", RichText.ToHtml(Summary.Paragraph(model))),
        Html.Tag("h2", null, "Joint posterior of each region"),
        Html.ScrollBox(Table(model), "Joint posteriors"),
        Html.Tag("p", "fine", "Medians with central 68 % intervals; all clusters share one set of parameters in each region. σ is the rms of δ = n/n", new XElement("sub", "0"),
            " − 1 over all scales; lengths in R", new XElement("sub", "500"), "; α is the slope of the three-dimensional power spectrum, P ∝ k", new XElement("sup", "−α"), "."),
        Data(model).Draw(),
        Html.Tag("h2", null, "Verdict"),
        (object?)FlagList.Draw(Summary.Verdicts(model)) ?? Html.Tag("p", null, "No check of the survey as a whole was made."));

    private static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static XElement Table(ReportModel model) => Table(model, model.Names);

    private static XElement Table(ReportModel model, ReportNames names) => Html.Tag("table", "joint",
        new XElement("thead", new XElement("tr", Column("Region"), Column("Clusters"),
            Parameter.All.Select((parameter, p) => new[] { Heading(parameter), model.IsMock ? Column("truth") : null }))),
        new XElement("tbody", model.Regions.Select(region => Row(region, names.RegionPage(region.Name), model.IsMock))));

    private static XElement Column(string name) => Html.Tag("th", null, Html.At("scope", "col"), name);

    private static XElement Heading(Parameter parameter) => Html.Tag("th", null, Html.At("scope", "col"), RichText.ToHtml(parameter.Name + " " + parameter.Symbol + (parameter.Unit.Length > 0 ? $" ({parameter.Unit})" : "")));

    private static XElement Row(RegionResult region, string page, bool withTruth) => new("tr",
        Html.RowHeading(Html.Tag("a", null, Html.At("href", page), RichText.ToHtml(region.Title))), Html.Tag("td", "n", region.Clusters),
        Enumerable.Range(0, 3).Select(p => new[] { Html.Tag("td", "n", NumberText.ToHtml(region.Joint[p])), withTruth ? Truth(region, p) : null }));

    /// <summary>The true value, with a word when the interval misses it.</summary>
    private static XElement Truth(RegionResult region, int p)
    {
        if (region.Truth is null) return Html.Tag("td", "n", "–");
        var value = region.Truth[p];
        var note = region.Joint[p].Covers68(value) ? "in 68 %" : region.Joint[p].Covers95(value) ? "in 95 %" : "outside 95 %";
        return Html.Tag("td", "n t", NumberText.Like(value, region.Joint[p]), Html.Tag("span", region.Joint[p].Covers95(value) ? "in" : "in out", note));
    }

    private static DataTable Data(ReportModel model)
    {
        string[] keys = ["sigma", "injection_scale_r500", "slope"];
        string[] summary = ["median", "low68", "high68", "low95", "high95", .. model.IsMock ? ["truth"] : Array.Empty<string>()];
        string[] columns = ["region", "inner_r500", "outer_r500", "clusters", .. keys.SelectMany(key => summary.Select(part => $"{key}_{part}"))];
        return new("joint-posteriors.csv", columns, [.. model.Regions.Select(region => (object[])
            [region.Name, region.InnerR500, region.OuterR500, region.Clusters, .. Enumerable.Range(0, 3).SelectMany(p => Cells(region, p, model.IsMock))])]);
    }

    private static IEnumerable<object> Cells(RegionResult region, int p, bool withTruth) =>
        withTruth ? DataRow.Of(region.Joint[p]).Append(region.Truth?[p] ?? double.NaN) : DataRow.Of(region.Joint[p]);
}
