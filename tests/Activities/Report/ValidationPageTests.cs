using System.Xml;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities.Tests.Report;

public sealed class ValidationPageTests
{
    private const int Surveys = 400;

    private static readonly string[] names = ["log10_sigma", "log10_injection_scale", "slope"];
    private static readonly Prior prior = new(names.Select(name => new PriorParameter(name, new UniformDistribution(-10, 10))));

    [Fact]
    public void Right_posteriors_meet_no_objection()
    {
        var model = Model(1, 0);
        Assert.Empty(model.Objections());
        Assert.Contains("Nothing speaks against", Page(model).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.7, 0, "the 68 % regions hold the truth in")]
    [InlineData(1.5, 0, "the credibility of the truth is not uniform")]
    [InlineData(1, 0.5, "the mean pull of log10_sigma is")]
    [InlineData(1, 0.5, "the rank of log10_sigma is not uniform")]
    public void Wrong_posteriors_are_told(double width, double bias, string objection)
    {
        var model = Model(width, bias);
        Assert.Contains(model.Objections(), told => told.StartsWith("I: ", StringComparison.Ordinal) && told.Contains(objection, StringComparison.Ordinal));
        Assert.DoesNotContain(model.Objections(), told => told.StartsWith("II: ", StringComparison.Ordinal));
        Assert.Contains(objection, Page(model).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_are_corrected_for_the_number_of_all_regions_together()
    {
        var tests = Model(1, 0).Tests();
        Assert.Equal(8, tests.Count);
        Assert.Equal(Holm.Adjust([.. tests.Select(test => test.PValue)]), tests.Select(test => test.Corrected));
    }

    [Fact]
    public void The_distance_from_uniform_is_drawn_to_scale()
    {
        var drawing = new UniformityPlot("Rank", [0.5, 0.5, 0.5, 0.5]).Draw();
        // From 0 down to -0.5, up to +0.5, back to 0: as far above as below.
        var line = drawing.Descendants().Single(element => element.Attribute("class")?.Value == "curve").Attribute("d")!.Value;
        var rows = line[1..].Split('L').Select(point => double.Parse(point.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(rows[0], rows[^1]);
        Assert.Equal(rows.Max() - rows[0], rows[0] - rows.Min(), 1);
    }

    [Fact]
    public void Holes_that_move_results_are_told_and_so_is_turbulence_where_there_is_none()
    {
        var right = Recovery(new Seed(1), 1, 0);
        var moved = JointRecovery.Of(names, [.. right.Cases.Take(40).Select(one => one with { Mean = [one.Mean[0] + 0.3, one.Mean[1] + 0.1, one.Mean[2]], LowestTenth = [0.001, 1, 1] })]);
        var unmoved = JointRecovery.Of(names, [.. right.Cases.Take(40)]);
        ValidationModel Of(JointRecovery recovery) => Model(1, 0) with { Departures = [.. Enum.GetValues<DepartureKind>().Select(kind => new Departure(kind, "I", right, recovery))] };

        Assert.Empty(Of(unmoved).Objections());
        var told = Of(moved).Objections();
        Assert.Equal(["I: 100 % of the surveys without turbulence would claim some", "I: more holes move log10_sigma by 0.30 +- 0.00 standard deviations, beyond 0.2"], told);
        var page = Page(Of(moved));
        Assert.Equal(["Mocks, analysed as data are", "No turbulence", "Log-normal fluctuations", "The second order left in", "More holes"],
            page.Descendants("section").Single(section => section.Attribute("id")?.Value == "departures").Descendants("h3").Select(heading => heading.Value));
        Assert.Equal(2, page.Descendants("section").Single(section => section.Attribute("id")?.Value == "departures").Descendants("b").Count());
        Assert.DoesNotContain("departures", Page(Model(1, 0)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_near_the_ends_of_the_prior_is_told_beside_that_away_from_them()
    {
        const string near = "truth within the 68 % region, 100 surveys with a parameter nearer to an end";
        var right = Recovery(new Seed(1), 1, 0);
        var spread = JointRecovery.Of(names, [.. right.Cases.Select((one, i) => i < 100 ? one with { Truth = [0, 9.5, 0] } : one)]);
        var row = Page(Model(1, 0) with { Regions = [("I", spread)] }).Descendants("tr").Single(row => row.Value.StartsWith(near, StringComparison.Ordinal));
        Assert.Equal((right.Cases.Take(100).Count(one => one.Credibility <= 0.68) / 100.0).ToString("f3", System.Globalization.CultureInfo.InvariantCulture), row.Elements("td").First().Value);
        Assert.DoesNotContain("nearer to an end", Page(Model(1, 0)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Mocks_are_held_to_the_same_tests_as_simulations()
    {
        var (right, biased) = (Recovery(new Seed(1), 1, 0), Recovery(new Seed(1), 1, 0.5));
        ValidationModel Of(JointRecovery mocks) => Model(1, 0) with { Departures = [new Departure(DepartureKind.Mocks, "I", right, mocks)] };

        Assert.Empty(Of(right).Objections());
        Assert.Equal(12, Of(right).Tests().Count);
        var told = Of(biased).Objections();
        Assert.Contains(told, one => one.StartsWith("I, mocks: the mean pull of log10_sigma is", StringComparison.Ordinal));
        Assert.Contains(told, one => one.StartsWith("I, mocks: the rank of log10_sigma is not uniform", StringComparison.Ordinal));
        Assert.All(told, one => Assert.StartsWith("I, mocks: ", one, StringComparison.Ordinal));
        Assert.Contains(Page(Of(right)).Descendants("h3"), heading => heading.Value == "I, mocks");
    }

    private static XElement Page(ValidationModel model)
    {
        using var reader = XmlReader.Create(new StringReader(ValidationPage.Draw(model).Text()), new() { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    /// <summary>Two regions: in the first, posteriors have their width times a factor and are off by a number of right widths in the first parameter; the second is right.</summary>
    private static ValidationModel Model(double width, double bias) => new()
    {
        Prior = prior, Date = "2026-01-01", Clusters = ["A", "B"], Simulations = "Simulated.", Regions = [("I", Recovery(new Seed(1), width, bias)), ("II", Recovery(new Seed(2), 1, 0))],
    };

    // Three independent normal posteriors of width 1: the truth is off the mean by a normal number.
    private static JointRecovery Recovery(Seed seed, double width, double bias)
    {
        var stream = seed.Stream();
        RecoveredCase Case()
        {
            double[] off = [stream.NextNormal() + bias, stream.NextNormal(), stream.NextNormal()];
            double[] scaled = [.. off.Select(value => value / width)];
            return new RecoveredCase([0, 0, 0], off, [width, width, width], [.. scaled.Select(value => Cumulative(-value))], WithinRadius(Math.Sqrt(scaled.Sum(value => value * value))), [.. off.Select(value => value + 1.645 * width)], [1, 1, 1]);
        }
        return JointRecovery.Of(names, [.. Enumerable.Range(0, Surveys).Select(_ => Case())]);
    }

    private static double Cumulative(double z) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z);

    // The probability of a sphere about a normal distribution in three dimensions (chi distribution).
    private static double WithinRadius(double radius) => MathNet.Numerics.Distributions.ChiSquared.CDF(3, radius * radius);
}
