using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Tests.Report;

public sealed class ReportSiteTests
{
    private static readonly Lazy<IReadOnlyList<(string File, string Text, XElement Root)>> twelve = new(() => Site(SampleSurvey.Of(12)));

    private static List<(string File, string Text, XElement Root)> Site(ReportModel model) => [.. ReportSite.Pages(model).Select(page => (page.FileName, page.Text(), Parsed(page.Text())))];

    private static XElement Parsed(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    private static XElement Survey(ReportModel model) => Page(Site(model), "index.html");

    private static XElement Page(IReadOnlyList<(string File, string Text, XElement Root)> site, string file) => site.Single(page => page.File == file).Root;

    private static XElement Page(string file) => Page(twelve.Value, file);

    private static XElement Section(XElement root, string id) => root.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    [Fact]
    public void The_survey_has_a_page_with_its_sections_and_pages_of_regions_groupings_and_clusters()
    {
        Assert.Equal(["result", "radial", "mach", "subsamples", "population", "trends", "clusters", "literature", "failures", "methods", "provenance"], Page("index.html").Descendants("section").Select(section => section.Attribute("id")!.Value));
        var files = twelve.Value.Select(page => page.File).ToArray();
        Assert.Equal(1 + 6 + 1 + 12, files.Length);
        foreach (var file in (string[])["region-IV.html", "region-no_core.html", "grouping-dynamical_state.html", "cluster-A85.html"]) Assert.Contains(file, files);
    }

    [Fact]
    public void Equal_models_give_equal_pages() => Assert.Equal(twelve.Value.Select(page => page.Text), Site(SampleSurvey.Of(12)).Select(page => page.Text));

    [Fact]
    public void Nothing_is_fetched_from_anywhere() => Assert.All(twelve.Value, page =>
    {
        Assert.DoesNotMatch(new Regex("https?://|url\\(|@import|src=", RegexOptions.IgnoreCase), page.Text);
        Assert.All(page.Root.Descendants("image").Attributes("href"), href => Assert.StartsWith("data:image/png;base64,", href.Value, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_link_leads_to_a_place_that_is_there()
    {
        var ids = twelve.Value.ToDictionary(page => page.File, page => page.Root.Descendants().Attributes("id").Select(id => id.Value).ToArray());
        var figures = ReportSite.Pages(SampleSurvey.Of(12)).SelectMany(page => page.Figures).SelectMany(figure => new[] { "svg", "pdf", "csv" }.Select(kind => $"figures/{figure.Name}.{kind}")).ToHashSet();
        foreach (var (file, _, root) in twelve.Value)
        {
            Assert.Equal(ids[file].Distinct(), ids[file]);
            foreach (var href in root.Descendants("a").Attributes("href").Select(href => href.Value).Where(href => !href.StartsWith("data:text/csv;", StringComparison.Ordinal) && !figures.Contains(href) && href != "methods.bib"))
            {
                var parts = href.Split('#');
                var target = parts[0].Length == 0 ? file : parts[0];
                Assert.True(ids.ContainsKey(target) && (parts.Length == 1 || ids[target].Contains(parts[1])), $"{file} leads to {href}");
            }
        }
    }

    [Fact]
    public void From_every_page_the_survey_and_from_it_every_page_can_be_reached()
    {
        var links = twelve.Value.ToDictionary(page => page.File, page => page.Root.Descendants("a").Attributes("href").Select(href => href.Value).ToHashSet());
        Assert.All(links, page => Assert.Contains("index.html", page.Value));
        Assert.All(links.Keys, file => Assert.Contains(file, links["index.html"]));
        Assert.Contains("cluster-A1644.html", links["cluster-A644.html"]);
    }

    [Fact]
    public void Names_that_files_cannot_have_or_that_become_equal_lead_to_files_of_their_own()
    {
        var model = SampleSurvey.Of(3);
        string[] names = ["../A 85", "..?A 85", "a85", "A85", "Ä<85>"];
        var files = Site(model with { Clusters = [.. names.Select(name => model.Clusters[0] with { Name = name })] }).Select(page => page.File).Where(file => file.StartsWith("cluster", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, file => Assert.Matches(@"^cluster-[-+.\w]+\.html$", file));
    }

    [Fact]
    public void Every_figure_has_a_caption_a_name_of_its_own_and_every_drawing_a_name()
    {
        var roots = twelve.Value.Select(page => page.Root).ToArray();
        var figures = roots.SelectMany(root => root.Descendants("figure")).ToArray();
        Assert.Equal(2 + 6 * 3 + 2 + 1 + 1 + 1 + 12 * 3 + 2, figures.Length);
        Assert.All(figures, figure => Assert.True(figure.Element("figcaption")!.Value.Length > 40));
        Assert.Equal(figures.Length, figures.Select(figure => figure.Descendants("a").Select(link => link.Attribute("href")!.Value).First(href => href.EndsWith(".svg", StringComparison.Ordinal))).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(roots.SelectMany(root => root.Descendants("svg")), svg => Assert.True(svg.Attribute("role")?.Value == "img" && svg.Attribute("aria-label")!.Value.Length > 5));
        Assert.All(roots.SelectMany(root => root.Descendants("th")), heading => Assert.NotNull(heading.Attribute("scope")));
    }

    [Fact]
    public void The_headline_table_holds_each_region_with_errors_and_truth()
    {
        var model = SampleSurvey.Of(12);
        var rows = Section(Page("index.html"), "result").Descendants("table").First().Element("tbody")!.Elements().ToArray();
        Assert.Equal(model.Regions.Select(region => region.Title.Replace("_{500}", "500", StringComparison.Ordinal)), rows.Select(row => row.Element("th")!.Value));
        Assert.All(rows, row => Assert.Equal(7, row.Elements("td").Count()));
        Assert.Contains("0.170", rows[4].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_population_stands_beside_the_shared_value()
    {
        var section = Section(Page("index.html"), "population");
        var rows = section.Descendants("table").Last().Element("tbody")!.Elements().ToArray();
        Assert.Equal(7, rows.Length);
        Assert.Equal("dynamical state: relaxed", rows[6].Element("th")!.Value);
        Assert.Contains("not converged", rows[6].Value, StringComparison.Ordinal);
        Assert.Equal(6 * 2 * 3, section.Descendants("g").Count(group => (string?)group.Attribute("class") == "one"));
        Assert.DoesNotContain(Survey(SampleSurvey.Of(3)).Descendants("section"), other => (string?)other.Attribute("id") == "population");
    }

    [Fact]
    public void Trends_are_told_with_their_numbers_and_who_is_left_out()
    {
        var section = Section(Page("index.html"), "trends");
        Assert.Equal(2, section.Descendants("svg").Count());
        Assert.Contains("concentration in region global (slope −0.80\u00a0±\u00a00.20 dex per unit, p = 0.0060)", section.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("redshift in region", section.Value, StringComparison.Ordinal);
        Assert.Equal(["concentration", "redshift"], section.Descendants("table").Last().Descendants("tr").Skip(1).Select(row => row.Elements("td").First().Value));
        Assert.Equal(2, section.Descendants("g").Count(group => (string?)group.Attribute("class") == "one meas"));
        Assert.Contains("A644, A85", section.Elements("ul").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Survey(SampleSurvey.Of(3)).Descendants("section"), other => (string?)other.Attribute("id") == "trends");
    }

    [Fact]
    public void Without_truth_the_page_does_not_speak_of_it()
    {
        Assert.All(Site(SampleSurvey.Of(3, isMock: false)), page =>
        {
            Assert.DoesNotContain("truth", page.Root.Element("body")!.Element("main")!.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(page.Root.Descendants("path"), path => (string?)path.Attribute("class") == "truth");
        });
    }

    [Fact]
    public void No_coordinate_is_missing_or_infinite()
    {
        var geometry = twelve.Value.SelectMany(page => page.Root.Descendants("svg")).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "d" or "x" or "y" or "cx" or "cy" or "width" or "height");
        Assert.DoesNotContain(geometry, attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains("nfinity", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal));
    }

    [Fact]
    public void Text_from_outside_stays_text()
    {
        const string Name = "<script>alert(1)</script> & \"A\u0000\ud83d\ude00\ud800'";
        var model = SampleSurvey.Of(3);
        var cluster = model.Clusters[0] with { Name = Name, Flags = [new(FlagLevel.Failed, Name, Name)] };
        var site = Site(model with { SurveyName = Name, Clusters = [cluster, .. model.Clusters.Skip(1)], Failures = [new(Name, Name, Name, Name)] });
        Assert.All(site, page =>
        {
            Assert.Single(page.Root.Descendants("script"));
            Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        });
        foreach (var page in site.Where(page => page.File == "index.html" || page.File.Contains("alert", StringComparison.Ordinal)))
            Assert.Equal(Name.Replace('\u0000', '\uFFFD').Replace('\ud800', '\uFFFD'), page.Root.Descendants("h1").Single().Value);
    }

    [Fact]
    public void Each_division_of_the_sample_compares_its_groups_with_and_without_the_core()
    {
        var page = Page("grouping-dynamical_state.html").Element("body")!.Element("main")!;
        var drawings = page.Descendants("svg").ToArray();
        Assert.Equal(["all (12)", "relaxed (2)", "disturbed (1)"], drawings[0].Elements("text").Select(text => text.Value));
        Assert.Equal(["with core (0–1 R500)", "without core (0.15–1 R500)"], drawings[0].Elements("g").First().Elements("text").Select(text => text.Value));
        // Four quantities, three lines; the legend once more.
        Assert.All((string[])["s0", "s1"], series => Assert.Equal(4 * 3 + 1, drawings[0].Descendants("g").Count(group => (string?)group.Attribute("class") == series)));
        Assert.Equal(["Region I (0–0.1 R500)", "relaxed (6)", "disturbed (6)"], drawings[1].Elements("text").Take(3).Select(text => text.Value));
        foreach (var text in (string[])["Of the clusters with tier = 1.", "w < 0.01", "A85, A1795", "none: the group is empty", "Left out: A644 (meets no condition)"])
            Assert.Contains(text, page.Value, StringComparison.Ordinal);
        foreach (var text in (string[])["A2319: merger", "not among the clusters of this run: A9999, a3158 (did you mean A3158?)"])
            Assert.Contains(text, Section(Page("index.html"), "subsamples").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("AND", page.Value, StringComparison.Ordinal);
    }

    // Six regions: the Mach number has a whole sample, but no truth.
    [Theory]
    [InlineData(true, 6 * 3)]
    [InlineData(false, 0)]
    public void Groups_stand_against_the_whole_sample_and_the_truth_of_a_mock(bool isMock, int truths)
    {
        var drawing = Page(Site(SampleSurvey.Of(12, isMock)), "grouping-dynamical_state.html").Descendants("svg").Last();
        int Count(string cssClass) => drawing.Descendants().Count(element => (string?)element.Attribute("class") == cssClass);
        Assert.Equal((6 * 4, 6 * 4, truths), (Count("band"), Count("median"), Count("truth")));
    }

    [Fact]
    public void A_cluster_that_is_excluded_is_drawn_faint_beside_the_joint_posterior()
    {
        var page = Page("region-II.html");
        var faint = page.Descendants("g").Where(group => (string?)group.Attribute("class") == "one faint").ToList();
        Assert.Equal(3, faint.Count);
        Assert.All(faint, group => Assert.Contains("A2319", group.ToString(), StringComparison.Ordinal));
        Assert.Contains("Faint: excluded from the joint posterior.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_that_is_cited_is_in_the_bibliography_and_every_entry_is_cited()
    {
        var model = SampleSurvey.Of(12);
        var paragraphs = string.Concat(Section(Page("index.html"), "methods").Elements("p").Select(paragraph => paragraph.Value));
        var cited = Regex.Matches(paragraphs, "\\[([A-Z]\\w+)\\]").Select(match => match.Groups[1].Value).Distinct().ToArray();
        var bibliography = References.ToBibTeX(MethodsSection.Cited(model));
        Assert.InRange(cited.Length, 8, 20);
        Assert.Equal(cited, Regex.Matches(bibliography, "^@(article|inproceedings)\\{(\\w+),$", RegexOptions.Multiline).Select(match => match.Groups[2].Value));
        Assert.Equal(bibliography.Count(c => c == '{'), bibliography.Count(c => c == '}'));
        Assert.Contains("no publication has the key Nobody1999", Assert.Throws<ArgumentException>(() => References.CitedBy(["as told [Nobody1999]"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_tell_how_far_beyond_the_prior_networks_learnt()
        => Assert.Contains("with its ends farther out by 8 % of its range", Section(Page("index.html"), "methods").Value, StringComparison.Ordinal);

    [Fact]
    public void Failures_are_listed_with_their_remedy()
    {
        var section = Section(Page("index.html"), "failures");
        Assert.Contains("Survey.FitMeanModel", section.Value, StringComparison.Ordinal);
        Assert.Contains("rebin the exposure map", section.Value, StringComparison.Ordinal);
        Assert.Contains("1 cluster was set aside", Section(Page("index.html"), "result").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Mach_number_stands_there_by_every_calibration_and_one_without_a_number_says_why()
    {
        Assert.Equal(15, Section(Page("index.html"), "mach").Descendants("tbody").Single().Elements("tr").Count());
        var section = Section(Page("region-IV.html"), "mach");
        Assert.Contains("Gaspari & Churazov 2013 is left out: 70.0 % of the draws have a slope of 3 or less", section.Value, StringComparison.Ordinal);
        Assert.Contains("is that of the 90.0 % of the draws whose slope is above 3", Section(Page("region-I.html"), "mach").Value, StringComparison.Ordinal);
        Assert.Equal("–", section.Descendants("tr").First(row => row.Value.StartsWith("Gaspari", StringComparison.Ordinal)).Elements("td").First().Value);
    }

    [Fact]
    public void Published_results_stand_beside_ours_of_the_same_region_group_and_cluster()
    {
        var global = SampleSurvey.Of(12).Regions.Single(region => region.Name == "global");
        var mach = Section(Page("index.html"), "literature").Descendants("tbody").Last().Elements("tr").First();
        Assert.Contains("CHEX-MATE, all 64", mach.Value, StringComparison.Ordinal);
        Assert.Contains(NumberText.ToHtml(global.MachNumber!.Value).Value, mach.Value, StringComparison.Ordinal);
        Assert.Contains("consistent with 11/3", Section(Page("region-global.html"), "literature").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Page("region-I.html").Descendants("section"), section => (string?)section.Attribute("id") == "literature");
        Assert.Contains("Heinrich", Section(Page("grouping-dynamical_state.html"), "literature").Value, StringComparison.Ordinal);
        Assert.Contains("nobody", Section(Page("cluster-A85.html"), "posteriors").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", Page("cluster-A644.html").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survey_of_nothing_still_has_a_report()
    {
        var empty = SampleSurvey.Of(3) with { Regions = [], Clusters = [] };
        Assert.Contains("No joint posterior", Section(Survey(empty), "result").Value, StringComparison.Ordinal);
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
        var root = Page(Site(model with { Clusters = [bare] }), "cluster-A85.html");
        Assert.Equal(["result", "spectra", "posteriors"], root.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.DoesNotContain("NaN", root.Descendants("main").Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_118_clusters_do_not_overlap()
    {
        var root = Page(Site(SampleSurvey.Of(118, pixels: 24)), "region-global.html");
        var labels = root.Descendants("svg").Where(svg => svg.Attribute("aria-label")!.Value.StartsWith("Intervals", StringComparison.Ordinal)).First()
            .Elements("text").Select(text => double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(119, labels.Length);
        Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 11));
    }

    [Fact]
    public void Pages_of_118_clusters_with_large_maps_stay_small()
    {
        var sizes = ReportSite.Pages(SampleSurvey.Of(118, pixels: 160, scales: 20)).ToDictionary(page => page.FileName, page => System.Text.Encoding.UTF8.GetByteCount(page.Text()));
        Assert.InRange(sizes["index.html"], 10_000, 600_000);
        Assert.All(sizes.Values, size => Assert.InRange(size, 10_000, 600_000));
    }
}
