using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report;

/// <summary>The line at the top of every page: to the survey, its regions, groupings and clusters; below it, the places of the page.</summary>
internal static class SiteNavigation
{
    private const int MostGroupings = 6;

    public static XElement Draw(ReportModel model, string page, IReadOnlyList<(string Anchor, string Name)> places)
    {
        var names = model.Names;
        return Html.Tag("nav", null, Html.At("aria-label", "Pages"),
            Link(ReportNames.Survey, "Survey", page),
            model.Regions.Count == 0 ? null : Group("Regions", model.Regions.Select(region => Link(names.RegionPage(region.Name), Short(region.Name), page))),
            Groupings(model, names, page),
            Clusters(model, names, page),
            model.HasValidation ? Link(ReportNames.Validation, "Validation", page) : null,
            ReportPage.ThemeButton(),
            places.Count == 0 ? null : Html.Tag("span", "places", places.Select(place => Html.Tag("a", null, Html.At("href", "#" + place.Anchor), place.Name))));
    }

    private static string Short(string region) => region.Replace('_', ' ');

    private static XElement Group(string title, params object?[] links) => Html.Tag("span", "pages", Html.Tag("span", "sub", title), links);

    private static XElement Link(string target, string name, string page)
    {
        var link = Html.Tag("a", null, Html.At("href", target), name);
        if (target == page) link.SetAttributeValue("aria-current", "page");
        return link;
    }

    private static XElement? Groupings(ReportModel model, ReportNames names, string page) => model.Division.Groupings.Count switch
    {
        0 => null,
        <= MostGroupings => Group("Groups", model.Division.Groupings.Select(grouping => Link(names.GroupingPage(grouping.Name), grouping.Name, page))),
        _ => Link($"{ReportNames.Survey}#subsamples", "Groups", page),
    };

    /// <summary>The table of clusters, and from a cluster's page its neighbours.</summary>
    private static XElement Clusters(ReportModel model, ReportNames names, string page)
    {
        var at = model.Clusters.Select(cluster => names.ClusterPage(cluster.Name)).ToList().IndexOf(page);
        var all = Link($"{ReportNames.Survey}#clusters", "Clusters", page);
        if (at < 0) return all;
        XElement? Neighbour(int index, string arrow) => index < 0 || index >= model.Clusters.Count ? null
            : Html.Tag("a", null, Html.At("href", names.ClusterPage(model.Clusters[index].Name)), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(index < at ? arrow + " " : "")}{model.Clusters[index].Name}{(index > at ? " " + arrow : "")}"));
        return Html.Tag("span", "pages", all, Neighbour(at - 1, "←"), Html.Tag("b", null, model.Clusters[at].Name), Neighbour(at + 1, "→"));
    }
}
