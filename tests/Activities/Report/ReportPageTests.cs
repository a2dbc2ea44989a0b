using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report;

namespace ClusterSurvey.Activities.Tests.Report;

public sealed class ReportPageTests
{
    private static readonly Lazy<(string Text, XElement Root)> Twelve = new(() => Page(SampleSurvey.Of(12)));

    private static (string, XElement) Page(ReportModel model)
    {
        var text = ReportPage.Render(model);
        using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Ignore });
        return (text, XElement.Load(reader));
    }

    private static XElement Section(XElement root, string id) => root.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    [Fact]
    public void The_page_is_well_formed_and_has_its_sections_in_order() =>
        Assert.Equal(["result", "radial", "regions", "subsamples", "population", "trends", "clusters", "failures", "methods", "provenance"], Twelve.Value.Root.Descendants("section").Select(section => section.Attribute("id")!.Value));

    [Fact]
    public void Equal_models_give_equal_pages() => Assert.Equal(Twelve.Value.Text, ReportPage.Render(SampleSurvey.Of(12)));

    [Fact]
    public void Nothing_is_fetched_from_anywhere()
    {
        var (text, root) = Twelve.Value;
        Assert.DoesNotMatch(new Regex("https?://|url\\(|@import|src=", RegexOptions.IgnoreCase), text);
        Assert.All(root.Descendants().Attributes("href"), href => Assert.Matches("^(#|data:(image/png|text/csv;charset=utf-8);base64,)", href.Value));
    }

    [Fact]
    public void Every_link_leads_to_one_place()
    {
        var ids = Twelve.Value.Root.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Twelve.Value.Root.Descendants("a").Attributes("href").Where(href => href.Value.StartsWith('#')), href => Assert.Contains(href.Value[1..], ids));
    }

    [Fact]
    public void Every_figure_has_a_caption_and_every_drawing_a_name()
    {
        var figures = Twelve.Value.Root.Descendants("figure").ToArray();
        Assert.Equal(2 + 6 * 2 + 1 + 1 + 1 + 12 * 2, figures.Length);
        Assert.All(figures, figure => Assert.True(figure.Element("figcaption")!.Value.Length > 40));
        Assert.All(Twelve.Value.Root.Descendants("svg"), svg => Assert.True(svg.Attribute("role")?.Value == "img" && svg.Attribute("aria-label")!.Value.Length > 5));
        Assert.All(Twelve.Value.Root.Descendants("th"), heading => Assert.NotNull(heading.Attribute("scope")));
    }

    [Fact]
    public void The_headline_table_holds_each_region_with_errors_and_truth()
    {
        var model = SampleSurvey.Of(12);
        var rows = Section(Twelve.Value.Root, "result").Descendants("table").First().Element("tbody")!.Elements().ToArray();
        Assert.Equal(model.Regions.Select(region => region.Title.Replace("_{500}", "500", StringComparison.Ordinal)), rows.Select(row => row.Element("th")!.Value));
        Assert.All(rows, row => Assert.Equal(7, row.Elements("td").Count()));
        Assert.Contains("0.170", rows[4].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_population_stands_beside_the_shared_value()
    {
        var section = Section(Twelve.Value.Root, "population");
        var rows = section.Descendants("table").Last().Element("tbody")!.Elements().ToArray();
        Assert.Equal(7, rows.Length);
        Assert.Equal("dynamical state: relaxed", rows[6].Element("th")!.Value);
        Assert.Contains("not converged", rows[6].Value, StringComparison.Ordinal);
        Assert.Equal(6 * 2 * 3, section.Descendants("g").Count(group => (string?)group.Attribute("class") == "one"));
        Assert.DoesNotContain(Page(SampleSurvey.Of(3)).Item2.Descendants("section"), other => (string?)other.Attribute("id") == "population");
    }

    [Fact]
    public void Trends_are_told_with_their_numbers_and_who_is_left_out()
    {
        var section = Section(Twelve.Value.Root, "trends");
        Assert.Equal(2, section.Descendants("svg").Count());
        Assert.Contains("concentration in region global (ρ = −0.60, p = 0.0060)", section.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("redshift in region", section.Value, StringComparison.Ordinal);
        Assert.Equal(["concentration", "redshift"], section.Descendants("table").Last().Descendants("tr").Skip(1).Select(row => row.Elements("td").First().Value));
        Assert.Equal(2, section.Descendants("g").Count(group => (string?)group.Attribute("class") == "one meas"));
        Assert.Contains("A644, A85", section.Elements("ul").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Page(SampleSurvey.Of(3)).Item2.Descendants("section"), other => (string?)other.Attribute("id") == "trends");
    }

    [Fact]
    public void Without_truth_the_page_does_not_speak_of_it()
    {
        var (_, root) = Page(SampleSurvey.Of(3, isMock: false));
        Assert.DoesNotContain("truth", root.Element("body")!.Element("main")!.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(root.Descendants("path"), path => (string?)path.Attribute("class") == "truth");
    }

    [Fact]
    public void No_coordinate_is_missing_or_infinite()
    {
        var geometry = Twelve.Value.Root.Descendants("svg").Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "d" or "x" or "y" or "cx" or "cy" or "width" or "height");
        Assert.DoesNotContain(geometry, attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains("nfinity", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal));
    }

    [Fact]
    public void Text_from_outside_stays_text()
    {
        const string Name = "<script>alert(1)</script> & \"A\u0000\ud83d\ude00\ud800'";
        var model = SampleSurvey.Of(3);
        var cluster = model.Clusters[0] with { Name = Name, Flags = [new(FlagLevel.Failed, Name, Name)] };
        var (text, root) = Page(model with { SurveyName = Name, Clusters = [cluster, .. model.Clusters.Skip(1)], Failures = [new(Name, Name, Name, Name)] });
        Assert.Single(root.Descendants("script"));
        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
        Assert.Equal(Name.Replace('\u0000', '\uFFFD').Replace('\ud800', '\uFFFD'), root.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Each_division_of_the_sample_compares_its_groups_with_and_without_the_core()
    {
        var section = Section(Twelve.Value.Root, "subsamples");
        var labels = section.Descendants("svg").First().Elements("text").Select(text => text.Value);
        Assert.Equal(["Global (0–1 R500)", "relaxed (6)", "disturbed (6)", "Without core (0.15–1 R500)", "relaxed (6)", "disturbed (6)"], labels);
        foreach (var text in (string[])["Of the clusters with tier = 1.", "w < 0.01", "A85, A1795", "none: the group is empty", "Left out: A644 (meets no condition)", "A2319: merger", "not among the clusters of this run: A9999, a3158 (did you mean A3158?)"])
            Assert.Contains(text, section.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("AND", section.Value, StringComparison.Ordinal);
    }

    // Two regions: the Mach number has a whole sample, but no truth.
    [Theory]
    [InlineData(true, 2 * 3)]
    [InlineData(false, 0)]
    public void Groups_stand_against_the_whole_sample_and_the_truth_of_a_mock(bool isMock, int truths)
    {
        var drawing = Section(Page(SampleSurvey.Of(12, isMock)).Item2, "subsamples").Descendants("svg").First();
        int Count(string cssClass) => drawing.Descendants().Count(element => (string?)element.Attribute("class") == cssClass);
        Assert.Equal((2 * 4, 2 * 4, truths), (Count("band"), Count("median"), Count("truth")));
    }

    [Fact]
    public void A_cluster_that_is_excluded_is_drawn_faint_beside_the_joint_posterior()
    {
        var page = Section(Twelve.Value.Root, "regions");
        var faint = page.Descendants("g").Where(group => (string?)group.Attribute("class") == "one faint").ToList();
        Assert.Equal(6 * 3, faint.Count);
        Assert.All(faint, group => Assert.Contains("A2319", group.ToString(), StringComparison.Ordinal));
        Assert.Contains("Faint: excluded from the joint posterior.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_are_listed_with_their_remedy()
    {
        var section = Section(Twelve.Value.Root, "failures");
        Assert.Contains("Survey.FitMeanModel", section.Value, StringComparison.Ordinal);
        Assert.Contains("rebin the exposure map", section.Value, StringComparison.Ordinal);
        Assert.Contains("1 cluster was set aside", Section(Twelve.Value.Root, "result").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_of_nothing_still_has_a_report()
    {
        var empty = SampleSurvey.Of(3) with { Regions = [], Clusters = [] };
        Assert.Contains("No joint posterior", Section(Page(empty).Item2, "result").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_without_maps_spectra_or_posteriors_are_shown_with_what_there_is()
    {
        var model = SampleSurvey.Of(3);
        var nan = new double[] { double.NaN, double.NaN };
        var bare = model.Clusters[0] with
        {
            Maps = null, MeanModel = [], Facts = [],
            Regions = [new() { Region = "I" }, new() { Region = "II", Spectrum = new([0.1, 1], nan, nan, nan, "") }],
        };
        var (_, root) = Page(model with { Clusters = [bare] });
        Assert.Single(root.Descendants("details"), details => (string?)details.Attribute("class") == "cluster");
        Assert.DoesNotContain("NaN", root.Descendants("main").Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_118_clusters_do_not_overlap()
    {
        var root = Page(SampleSurvey.Of(118, pixels: 24)).Item2;
        var labels = Section(root, "regions").Descendants("svg").Where(svg => svg.Attribute("aria-label")!.Value.StartsWith("Intervals", StringComparison.Ordinal)).First()
            .Elements("text").Select(text => double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(119, labels.Length);
        Assert.Equal(6, Section(root, "regions").Descendants("details").Count(details => details.Element("summary")!.Value == "Each of the 118 clusters" && details.Attribute("open") is null));
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 11));
    }

    [Fact]
    public void A_page_of_118_clusters_with_large_maps_stays_below_15_megabytes()
    {
        var text = ReportPage.Render(SampleSurvey.Of(118, pixels: 160, scales: 20));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 1_000_000, 15_000_000);
    }
}
