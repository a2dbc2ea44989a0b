using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>How the joint posteriors change with radius.</summary>
internal static class RadialSection
{
    public static XElement Draw(ReportModel model)
    {
        var primary = Parameter.All.Select((parameter, p) => Plot(model, parameter.AxisLabel, parameter.Logarithmic, region => region.Joint[p], region => region.Truth?[p] ?? double.NaN));
        return Html.Tag("section", null, Html.At("id", "radial"), Html.Tag("h2", null, "Evolution with radius"),
            new Figure([.. primary], Caption(model), Data(model)).Draw(), Secondary(model));
    }

    private static string Caption(ReportModel model)
    {
        var wide = Wide(model).Select((region, i) => (i == 0 ? "grey band" : "outlined band") + ": " + region.Title).ToArray();
        var truth = model.IsMock ? " Dashed orange: the truth of the mock." : "";
        return $"Joint posterior in each annulus: median, 68 % (inner box) and 95 % (outer box) intervals.{(wide.Length > 0 ? " In the background, 68 % intervals of the wider regions (" + string.Join("; ", wide) + ")." : "")}{truth}";
    }

    private static RegionResult[] Annuli(ReportModel model) => [.. model.Regions.Where(region => region.IsAnnulusOf(model.Regions)).OrderBy(region => region.InnerR500)];

    private static RegionResult[] Wide(ReportModel model) =>
        [.. model.Regions.Where(region => !region.IsAnnulusOf(model.Regions)).OrderByDescending(region => region.OuterR500 - region.InnerR500).Take(2)];

    private static XElement Plot(ReportModel model, string label, bool logarithmic, Func<RegionResult, PosteriorSummary?> value, Func<RegionResult, double> truth, IReadOnlyList<RadialCurve>? curves = null)
    {
        IReadOnlyList<RadialInterval> Of(IEnumerable<RegionResult> regions) =>
            [.. regions.Where(region => value(region) is not null).Select(region => new RadialInterval(region.Name, region.InnerR500, region.OuterR500, value(region)!.Value, truth(region)))];
        return new IntervalPlot(label, logarithmic, Of(Annuli(model)), Of(Wide(model))) { Curves = curves ?? [] }.Draw();
    }

    private static XElement? Secondary(ReportModel model)
    {
        var quantities = model.Regions.SelectMany(region => region.Derived).DistinctBy(quantity => quantity.Key).ToArray();
        if (quantities.Length == 0) return null;
        var plots = quantities.Select(quantity => Plot(model, AxisLabel(quantity), false,
            region => region.Derived.FirstOrDefault(other => other.Key == quantity.Key)?.Value, _ => double.NaN, quantity.Key == "pressure" ? model.PressureCurves : []));
        var conversions = string.Join("; ", quantities.Select(quantity => $"{quantity.Name} {quantity.Symbol}: {quantity.Conversion.TrimEnd('.')}"));
        return new Figure([.. plots], "Quantities derived from the same posteriors, drawn likewise. Conversions: " + conversions + "." + Simulations(model), DerivedData(model)).Draw();
    }

    private static string Simulations(ReportModel model) => model.PressureCurves.Count == 0 ? "" : $" Green lines: non-thermal pressure of simulations, {string.Join("; ", model.PressureCurves.Select(curve => curve.Source))}.";

    /// <summary>Name, symbol and unit, without the name where it is too long for the axis.</summary>
    private static string AxisLabel(DerivedQuantity quantity)
    {
        var symbol = quantity.Symbol + (quantity.Unit.Length > 0 ? $" ({quantity.Unit})" : "");
        return RichText.ToPlain(quantity.Name + symbol).Length > 26 ? symbol : $"{quantity.Name} {symbol}";
    }

    private static DataTable Data(ReportModel model) => new("radial.csv", ["region", "inner_r500", "outer_r500", "parameter", "median", "low68", "high68", "low95", "high95"],
        [.. model.Regions.SelectMany(region => Enumerable.Range(0, 3).Select(p => (object[])[region.Name, region.InnerR500, region.OuterR500, Parameter.All[p].Name, .. DataRow.Of(region.Joint[p])]))]);

    private static DataTable DerivedData(ReportModel model) => new("derived.csv", ["region", "inner_r500", "outer_r500", "quantity", "median", "low68", "high68", "low95", "high95"],
        [.. model.Regions.SelectMany(region => region.Derived.Select(quantity => (object[])[region.Name, region.InnerR500, region.OuterR500, quantity.Name, .. DataRow.Of(quantity.Value)]))
            .Concat(model.PressureCurves.SelectMany(curve => curve.Points.Select(point => (object[])[RichText.ToPlain(curve.Name), point.RadiusR500, point.RadiusR500, "turbulent pressure fraction", point.Value, .. Enumerable.Repeat<object>(double.NaN, 4)])))]);
}
