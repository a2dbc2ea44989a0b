using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities.Report;

/// <summary>The page that tells how far a survey can be trusted: one page that needs no network.</summary>
public static class ValidationPage
{
    /// <summary>What the names of the page's figures begin with, and those of no other page.</summary>
    public const string FigurePrefix = "recovery-";

    private const string Title = "Validation of the survey";

    private static readonly (string Anchor, string Name)[] places = [("result", "Result"), ("recovery", "Recovery"), ("tests", "Tests"), ("departures", "Departures"), ("method", "Method")];

    /// <summary>The page: HTML that is well-formed XML too, with drawings, style and script inside.</summary>
    public static ReportPage Draw(ValidationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ReportPage(ReportNames.Validation, new XElement("html", Html.At("lang", "en"), ReportPage.Head(Title), new XElement("body",
            Html.Tag("a", "skip", Html.At("href", "#result"), "Skip to the result"),
            Html.Tag("nav", null, Html.At("aria-label", "Sections"),
                Html.Tag("a", null, Html.At("href", ReportNames.Survey), "Survey"), places.Where(place => place.Anchor != "departures" || model.Departures.Count > 0).Select(place => Html.Tag("a", null, Html.At("href", $"#{place.Anchor}"), place.Name)),
                ReportPage.ThemeButton()),
            new XElement("main", Result(model), Html.Tag("section", null, Html.At("id", "recovery"), Html.Tag("h2", null, "Recovery by region"), model.Recoveries().Select(region => Region(model.Prior, region.Name, region.Recovery))), Tests(model), Departures(model), Method(model)),
            new XElement("footer", Html.Tag("p", "fine", $"{Title}, {model.Date}. Written by ClusterSurvey.")),
            ReportPage.Tip(), new XElement("script", Script.Text))));
    }

    private static XElement Result(ValidationModel model)
    {
        var objections = model.Objections();
        var surveys = model.Regions.Count == 0 ? 0 : model.Regions.Max(region => region.Recovery.Cases.Count);
        return Html.Tag("section", null, Html.At("id", "result"), Html.Tag("h1", null, Title),
            Html.Tag("p", "lead", string.Create(CultureInfo.InvariantCulture, $"{surveys} simulated surveys of {model.Clusters.Count} clusters, each with parameters drawn from the prior that all its clusters share, are recovered with the likelihoods that the survey has learnt.")),
            Html.Tag("ul", "flags", objections.Count == 0
                ? [Html.Tag("li", "ok", FormattableString.Invariant($"Nothing speaks against the joint posteriors: ranks and credibilities are uniform, coverage is right within three standard errors, and no mean pull is beyond {ValidationModel.LargestPull} by more than two of its standard errors."))]
                : objections.Select(objection => Html.Tag("li", "bad", objection))));
    }

    private static XElement Region(Prior prior, string name, JointRecovery recovery) => Html.Tag("article", null, Html.Tag("h3", null, name), Summary(prior, name, recovery),
        new Figure([.. recovery.Names.Select((parameter, i) => new UniformityPlot($"Rank of {parameter}", [.. recovery.Cases.Select(one => one.Ranks[i])]).Draw()),
            new UniformityPlot("Credibility of the truth", [.. recovery.Cases.Select(one => one.Credibility)]).Draw()],
            "Cumulative distribution less the uniform one; the band holds 95 % of right surveys. Ranks that rise first and fall below zero later, or a credibility below zero: the joint posterior is too narrow.", Data(name, recovery)).Draw());

    private static XElement Summary(Prior prior, string name, JointRecovery recovery) => Html.ScrollBox(new XElement("table",
        Html.Headings(["Quantity", "Found", "Standard error", "Expected"]),
        new XElement("tbody",
            Coverage(recovery, ""), ByEnds(prior, recovery),
            recovery.Names.Select((parameter, i) => (parameter, Pull: recovery.Pull(i))).SelectMany(one => (XElement[])
            [
                Row($"mean pull of {one.parameter}", one.Pull.Mean, one.Pull.Error, "0"),
                Row("scatter of its pulls", one.Pull.Scatter, double.NaN, "about 1"),
            ]))), $"Recovery in {name}");

    private static IEnumerable<XElement> ByEnds(Prior prior, JointRecovery recovery)
    {
        var (away, near) = recovery.ByEnds(prior, CommonError.End);
        return away is null || near is null ? [] :
        [
            .. Coverage(away, FormattableString.Invariant($", {away.Cases.Count} surveys with every parameter farther than {100 * CommonError.End:f0} % of the prior from its ends")),
            .. Coverage(near, FormattableString.Invariant($", {near.Cases.Count} surveys with a parameter nearer to an end")),
        ];
    }

    private static IEnumerable<XElement> Coverage(JointRecovery recovery, string which) => ValidationModel.Credibilities.Select(credibility => (credibility, Coverage: recovery.Coverage(credibility))).Select(one => Row(
        string.Create(CultureInfo.InvariantCulture, $"truth within the {100 * one.credibility:f0} % region{which}"), one.Coverage.Share, one.Coverage.Error, (which.Length == 0 ? "" : "about ") + NumberText.Fixed(one.credibility, 2)));

    private static XElement Row(string quantity, double found, double error, string expected) => new("tr", Html.RowHeading(quantity),
        Html.Tag("td", "n", NumberText.Fixed(found, 3)), Html.Tag("td", "n", double.IsFinite(error) ? NumberText.Fixed(error, 3) : ""), Html.Tag("td", "n", expected));

    private static DataTable Data(string region, JointRecovery recovery) => new($"{FigurePrefix}{ReportNames.Safe(region)}.csv",
        ["survey", .. recovery.Names.SelectMany(name => (string[])[$"true_{name}", $"mean_{name}", $"std_{name}", $"rank_{name}"]), "credibility"],
        [.. recovery.Cases.Select((one, survey) => (object[])[survey, .. recovery.Names.SelectMany((_, i) => (object[])[one.Truth[i], one.Mean[i], one.StandardDeviation[i], one.Ranks[i]]), one.Credibility])]);

    private static XElement Tests(ValidationModel model) => Html.Tag("section", null, Html.At("id", "tests"), Html.Tag("h2", null, "Tests of uniformity"),
        Html.Tag("p", null, "Kolmogorov-Smirnov tests, corrected together for their number (Holm 1979)."),
        Html.ScrollBox(new XElement("table", Html.Headings(["Region", "Test", "Parameter", "Distance", "p", "corrected p"]),
            new XElement("tbody", model.Tests().Select(test => new XElement("tr", Html.RowHeading(test.Region), new XElement("td", test.Kind), new XElement("td", test.Parameter),
                Html.Tag("td", "n", NumberText.Fixed(test.Statistic, 3)), Html.Tag("td", "n", NumberText.Significant(test.PValue, 2)),
                Html.Tag("td", "n", test.Corrected < ValidationModel.Level ? Html.Tag("span", "bad", Html.Tag("b", null, NumberText.Significant(test.Corrected, 2))) : NumberText.Significant(test.Corrected, 2)))))), "Tests of uniformity"));

    private static XElement? Departures(ValidationModel model) => model.Departures.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "departures"), Html.Tag("h2", null, "Departures"),
        Html.Tag("p", null, "What becomes of the results where the sky, or the survey, is not as the likelihoods take it to be. The same surveys are simulated with the departure and recovered with likelihoods that know nothing of it, of more holes with such as do; "
            + "the shift is (posterior mean with it - without it) / posterior standard deviation, averaged over the surveys."),
        model.Departures.GroupBy(departure => departure.Kind).Select(kind => Html.Tag("article", null, Html.Tag("h3", null, NameOf(kind.Key)), Html.Tag("p", null, Meaning(kind.Key, kind.First().Recovery.Cases.Count)),
            kind.Key == DepartureKind.Null ? Limits(kind) : Shifts(kind))));

    private static string NameOf(DepartureKind kind) => kind switch
    {
        DepartureKind.Mocks => "Mocks, analysed as data are",
        DepartureKind.Null => "No turbulence",
        DepartureKind.LogNormal => "Log-normal fluctuations",
        DepartureKind.SecondOrder => "The second order left in",
        _ => "More holes",
    };

    private static string Meaning(DepartureKind kind, int surveys) => kind switch
    {
        DepartureKind.Mocks => $"{surveys} surveys with the same counts, to each map of which the mean model is fitted from nothing; its regions and its noise spectrum are those of its fit. The shift is what it costs that likelihoods learn from simulations whose mean model, regions and noise are known.",
        DepartureKind.Null => $"{surveys} surveys with sigma = 0.01, which noise hides. Turbulence is claimed where the lowest tenth of the prior of log10_sigma is ten times less probable than before (Jeffreys 1961: strong evidence); a right survey gives upper limits.",
        DepartureKind.LogNormal => $"{surveys} surveys whose density fluctuations are log-normal with the same mean, variance and spectrum. The shift is what the assumption of Gaussian fluctuations costs.",
        DepartureKind.SecondOrder => $"{surveys} surveys whose emission keeps the mean of (1 + delta)^2, and whose mean model is not fitted to it: the bias of an analysis that forgets it.",
        _ => FormattableString.Invariant($"{surveys} surveys with round holes in a tenth of the usable pixels, beside those of point sources. Likelihoods are learnt with the holes, as those of data with such holes would be: results should move by less than {Departure.LargestShiftByHoles} standard deviations."),
    };

    private static XElement Limits(IEnumerable<Departure> departures) => Html.ScrollBox(new XElement("table", Html.Headings(["Region", "Turbulence claimed", "Upper limit of log10_sigma, 95 %, median"]),
        new XElement("tbody", departures.Select(departure => new XElement("tr", Html.RowHeading(departure.Region), Marked(NumberText.Fixed(100 * departure.Detections, 0) + " %", departure.Objections().Any()),
            Html.Tag("td", "n", NumberText.Fixed(departure.MedianUpperLimit, 2)))))), "Surveys without turbulence");

    private static XElement Shifts(IEnumerable<Departure> departures) => Html.ScrollBox(new XElement("table", Html.Headings(["Region", "Parameter", "Mean shift", "Standard error", "Scatter"]),
        new XElement("tbody", departures.SelectMany(departure => departure.Shifts().Select(one => new XElement("tr", Html.RowHeading(departure.Region), new XElement("td", one.Parameter),
            Marked(NumberText.Fixed(one.Shift.Mean, 2), departure.Objections().Any(objection => objection.Contains($"move {one.Parameter} by", StringComparison.Ordinal))),
            Html.Tag("td", "n", NumberText.Fixed(one.Shift.Error, 2)), Html.Tag("td", "n", NumberText.Fixed(one.Shift.Scatter, 2))))))), "Shifts in standard deviations");

    private static XElement Marked(string text, bool isBad) => isBad ? Html.Tag("td", "n", Html.Tag("span", "bad", Html.Tag("b", null, text))) : Html.Tag("td", "n", text);

    private static XElement Method(ValidationModel model) => Html.Tag("section", null, Html.At("id", "method"), Html.Tag("h2", null, "Method"),
        Html.Tag("p", null, $"{model.Simulations} Rank: the share of draws of the joint posterior below the truth (simulation-based calibration, Talts et al. 2018, arXiv:1804.06788). "
            + "Credibility: that of the highest density region that ends at the truth. Pull: (posterior mean - truth) / posterior standard deviation."),
        Html.Tag("p", null, $"Clusters: {string.Join(", ", model.Clusters)}."));
}
