using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The one value that all clusters would share beside the mean and the scatter of a population of them.</summary>
internal static class PopulationSection
{
    private static readonly (string Label, bool Logarithmic)[] Columns = [.. Parameter.All.Select(parameter => (parameter.AxisLabel, parameter.Logarithmic))];

    public static XElement? Draw(ReportModel model) => model.Populations.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "population"), Html.Tag("h2", null, "Population"),
        Html.Tag("p", null, "The joint posterior takes every cluster to have the same turbulence. Here each has its own, drawn from a normal population whose mean and scatter are inferred: where clusters differ, "
            + "the error of the mean is honest and that of the shared value too small. A scatter far below the errors of the clusters is not told from none: its interval then reaches down to a hundredth of the prior's range, where its prior, flat in the logarithm, ends. "
            + "Errors that the learnt likelihoods have in common move all clusters together: where they were measured, the means are as much wider."),
        Plot(model), Numbers(model));

    private static XElement Plot(ReportModel model)
    {
        var whole = model.Populations.Where(population => population.Grouping.Length == 0).ToArray();
        var regions = model.Regions.Where(region => whole.Any(population => population.Region == region.Name)).Select(region => InRegion(region, whole.First(population => population.Region == region.Name))).ToArray();
        var truth = model.IsMock ? " Dashed orange lines: the truth of the mock." : "";
        var caption = $"All clusters: the one value that they would share (median, 68 and 95 % intervals) and the mean of their population (68 %).{truth}";
        return new Figure([new GroupPlot("population", Columns, regions).Draw()], caption, Data(model), IsWide: true).Draw();
    }

    private static GroupPlotRegion InRegion(RegionResult region, PopulationResult population) => new(region.Title,
        [new("shared value", [region.Joint[0], region.Joint[1], region.Joint[2]]), new("population mean", [population.Mean[0], population.Mean[1], population.Mean[2]])],
        [null, null, null], [region.Truth?[0], region.Truth?[1], region.Truth?[2]]);

    private static XElement Numbers(ReportModel model) => Html.ScrollBox(new XElement("table",
        new XElement("caption", "Shared value, population mean and scatter, medians with 68 % intervals; the scatter of σ and of the injection scale in dex"),
        Html.Headings(new object[] { "Clusters", "Region", "Number" }.Concat(Parameter.All.SelectMany(parameter => new object[] { RichText.ToHtml(parameter.Symbol + " shared"), RichText.ToHtml(parameter.Symbol + " mean"), "scatter" }))),
        new XElement("tbody", model.Populations.Select(Row))), "Population");

    private static XElement Row(PopulationResult population) => new("tr",
        Html.RowHeading(population.Grouping.Length == 0 ? "all" : $"{population.Grouping}: {population.Name}"), new XElement("td", population.Region),
        Html.Tag("td", "n", population.Converged ? $"{population.Clusters}" : $"{population.Clusters}, sampler not converged"),
        Enumerable.Range(0, 3).SelectMany(p => new[]
        {
            Html.Tag("td", "n", population.Shared is null ? "–" : NumberText.ToHtml(population.Shared[p])), Html.Tag("td", "n", NumberText.ToHtml(population.Mean[p])), Html.Tag("td", "n", NumberText.ToHtml(population.Scatter[p])),
        }));

    private static DataTable Data(ReportModel model) => new("population.csv", ["grouping", "group", "region", "clusters", "parameter", "quantity", "median", "low68", "high68"],
        [.. model.Populations.SelectMany(population => Enumerable.Range(0, 3).SelectMany(p => new[] { ("mean", population.Mean[p]), ("scatter", population.Scatter[p]) }.Select(quantity => (object[])
            [population.Grouping, population.Name, population.Region, population.Clusters, Parameter.All[p].Name, quantity.Item1, quantity.Item2.Median, quantity.Item2.Low68, quantity.Item2.High68])))]);
}
