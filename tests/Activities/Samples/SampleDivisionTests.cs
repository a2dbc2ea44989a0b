using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Samples;

public sealed class SampleDivisionTests
{
    private static readonly SampleTable Sample = SampleTable.Parse("""
        name,ra_deg,dec_deg,redshift,r500_kpc,m500_1e14msun,tier,radio_halo,temperature
        A,1,1,0.1,1000,1,1,yes,5
        B,1,1,0.1,1000,2,1,no,hot
        C,1,1,0.1,1000,2,12,yes,NaN
        D,1,1,0.1,1000,4,2,,7
        E,1,1,0.1,1000,5,1,no,8
        F,1,1,0.1,1000,,1,no,9
        G,1,1,0.1,1000,6,1,yes,10
        H,1,1,0.1,1000,7,1,no,11
        """, "sample.csv");

    // Seven masses, 1 2 2 4 5 6 7: the edges are the values at 7/3 and 14/3, rounded down, 2 and 5; both twos are above the first.
    [Theory]
    [InlineData("""{"name":"g","column":"m500_1e14msun"}""", "I:A II:BCD III:EGH", "F no number in m500_1e14msun")]
    [InlineData("""{"name":"g","column":"m500_1e14msun","within":"tier IN (1, 12)","quantiles":2}""", "I:ABC II:EGH", "D not tier IN (1, 12)|F no number in m500_1e14msun")]
    [InlineData("""{"name":"g","column":"temperature","quantiles":2}""", "I:ADE II:FGH", "B no number in temperature|C no number in temperature")]
    [InlineData("""{"name":"g","column":"tier"}""", "I: II: III:ABCDEFGH", "")]
    [InlineData("""{"name":"g","column":"radio_halo"}""", "no:BEFH yes:ACG", "D radio_halo is empty")]
    [InlineData("""{"name":"g","groups":[{"name":"light","where":"m500_1e14msun < 3"},{"name":"none","where":"m500_1e14msun > 90"}],"within":"name <> 'A'"}""",
        "light:BC none:", "A not name <> 'A'|D meets no condition|E meets no condition|F meets no condition|G meets no condition|H meets no condition")]
    public void Every_cluster_is_in_its_group_or_left_out_with_a_reason(string setting, string groups, string leftOut)
    {
        var grouping = Assert.Single(SampleDivision.By(new SurveySettings().With([$"subsamples=[{setting}]"]), Sample).Groupings);
        Assert.Equal(groups, string.Join(' ', grouping.Groups.Select(group => $"{group.Name}:{string.Concat(group.Clusters)}")));
        Assert.Equal(leftOut, string.Join('|', grouping.LeftOut.Select(cluster => $"{cluster.Name} {cluster.Reason}")));
        Assert.All(grouping.Groups, group => Assert.Equal(group.Clusters, Sample.Where(group.Where, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Exclusions_have_their_reasons_and_unmatched_names_are_told()
    {
        var settings = new SurveySettings().With(
        [
            """exclude=[{"name":"A","reason":"merger"},{"name":"Z","reason":"none"},{"where":"m500_1e14msun < 2","reason":"light"}]""",
            """subsamples=[{"name":"halo","column":"radio_halo"}]""",
        ]);
        var division = SampleDivision.By(settings, Sample);
        Assert.Equal([new("A", "merger; light")], division.Excluded);
        Assert.Equal([new("Z", null)], division.Unmatched);
        Assert.Equal(["exclude: no cluster of this run is called Z"], division.Notes());
        Assert.Equal(["C", "G"], division.Groupings[0].Groups[1].Clusters);
    }

    [Theory]
    [InlineData("""{"name":"g","column":"m500_1e14msun"}""", "m500_1e14msun < 2|2 ≤ m500_1e14msun < 5|m500_1e14msun ≥ 5")]
    [InlineData("""{"name":"g","column":"tier"}""", "tier < 1|no value lies between its edges|tier ≥ 1")]
    [InlineData("""{"name":"g","column":"radio_halo","within":"tier = 1"}""", "radio_halo = no|radio_halo = yes")]
    [InlineData("""{"name":"g","groups":[{"name":"light","where":"m500_1e14msun < 3"}]}""", "m500_1e14msun < 3")]
    public void Groups_are_told_in_words_of_the_table(string setting, string conditions)
    {
        var grouping = Assert.Single(Divide(new SurveySettings().With([$"subsamples=[{setting}]"])).Groupings);
        Assert.Equal(conditions, string.Join('|', grouping.Groups.Select(group => group.Condition)));
    }

    [Fact]
    public void A_name_that_is_nearly_a_cluster_s_and_an_empty_group_are_told()
    {
        var sample = SampleTable.Parse("name,ra_deg,dec_deg,redshift,r500_kpc\nA2319,1,1,0.1,1000\nA85,1,1,0.1,1000\n", "sample.csv");
        var division = SampleDivision.By(new SurveySettings().With(
        [
            """exclude=[{"name":"a2319","reason":"merger"},{"name":"Coma","reason":"too large"}]""",
            """subsamples=[{"name":"z","groups":[{"name":"far","where":"redshift > 1"}]}]""",
        ]), sample);
        Assert.Empty(division.Excluded);
        Assert.Equal(["exclude: no cluster of this run is called a2319 (did you mean A2319?), Coma", "subsamples: the group 'far' of 'z' is empty"], division.Notes());
    }

    [Fact]
    public void A_column_or_condition_that_the_table_does_not_know_is_refused()
    {
        Assert.Contains("radio_halo", Refused.Message(() => Divide(new SurveySettings().With(["""subsamples=[{"name":"g","column":"radio_hallo"}]"""]))), StringComparison.Ordinal);
        Refused.By(() => Divide(new SurveySettings().With(["""exclude=[{"where":"mass > 2","reason":"heavy"}]"""])));
    }

    [Theory]
    [InlineData("""subsamples=[{"name":"a","column":"tier"},{"name":"A","column":"gini"}]""", "twice")]
    [InlineData("""subsamples=[{"name":"a"}]""", "neither column nor groups")]
    [InlineData("""subsamples=[{"name":"a","column":"tier","quantiles":1}]""", "from 2 to 10")]
    [InlineData("""subsamples=[{"name":"a","colum":"tier"}]""", "did you mean 'column'?")]
    [InlineData("""exclude=[{"name":"A85"}]""", "reason")]
    [InlineData("""exclude=[{"name":"A85","where":"true","reason":"x"}]""", "exactly one")]
    public void Settings_that_make_no_sense_are_refused(string assignment, string says) =>
        Assert.Contains(says, Refused.Message(() => new SurveySettings().With([assignment])), StringComparison.Ordinal);

    [Fact]
    public void The_example_of_the_user_guide_divides_the_shipped_sample()
    {
        var guide = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "user-guide.md"));
        var settings = SurveySettings.Parse(guide.Split("```json\n")[1].Split("```")[0], "user-guide.md");
        var division = SampleDivision.By(settings, SampleTable.Read(Path.Combine(SharedData.RepositoryRoot, "data", "samples", "xcop.csv")));
        Assert.Empty(division.Notes());
        Assert.Equal(["A1644", "A2319"], division.Excluded.Select(cluster => cluster.Name).Order(StringComparer.Ordinal));
        Assert.Equal([("mass", 3), ("redshift of the relaxed", 2), ("radio halo", 1), ("dynamical state", 2)], division.Groupings.Select(grouping => (grouping.Name, grouping.Groups.Count)));
    }

    private static SampleDivision Divide(SurveySettings settings) => SampleDivision.By(settings, Sample);
}
