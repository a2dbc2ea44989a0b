using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Settings;

public sealed class SurveySettingsTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var settings = new SurveySettings().With(["simulations=77", "scales=0.2:0.8:3", "null=draw", "regions=[{\"name\":\"half\",\"inner\":0,\"outer\":0.5}]"]);
        Assert.Equal((77, new ScaleRange(0.2, 0.8, 3), "draw"), (settings.Simulations, settings.Scales, settings.Null));
        var back = SurveySettings.Parse(settings.ToJson().ToJsonString(), "settings.json");
        Assert.Equal(settings.ToJson().ToJsonString(), back.ToJson().ToJsonString());
        Assert.Equal("half", Assert.Single(back.Regions).Name);
    }

    [Fact]
    public void The_shipped_default_file_is_the_default()
    {
        var shipped = SurveySettings.Read(Path.Combine(SharedData.RepositoryRoot, "data", "surveys", "default.json"));
        Assert.Equal(new SurveySettings().ToJson().ToJsonString(), shipped.ToJson().ToJsonString());
        Assert.Equal(new SurveySettings().ToJson().ToJsonString(), SurveySettings.Parse("{}", "empty").ToJson().ToJsonString());
    }

    [Fact]
    public void The_shipped_demo_is_small()
    {
        var demo = SurveySettings.Read(Path.Combine(SharedData.RepositoryRoot, "data", "surveys", "demo.json"));
        Assert.Equal((64, 8, 4000, 4, 6), (demo.PixelsAcross, demo.Scales.Count, demo.Simulations, demo.SigmasPerField, demo.Ensemble));
        Assert.Equal(["I", "II", "III", "IV", "global", "no_core"], demo.Regions.Select(region => region.Name));
    }

    [Fact]
    public void Every_problem_is_gathered_with_its_pointer()
    {
        var problems = Refused.By(() => SurveySettings.Parse("""
            { "simulation": 5, "grid": 4000, "ensemble": 2.5, "null": "means", "scales": "1:0.1:8", "a/b": 1, "grid": 41,
              "regions": [ { "name": "I", "inner": 0.5, "outer": 0.1 }, { "name": "i", "iner": 0, "outer": 3 }, 7 ] }
            """, "s.json"));
        var expected = new (string Where, string Text)[]
        {
            ("s.json#/simulation", "did you mean 'simulations'?"), ("s.json#/grid", "2 times"), ("s.json#/a~1b", "unknown"), ("s.json#/ensemble", "2.5"),
            ("s.json#/null", "did you mean 'mean'?"), ("s.json#/scales", "LO:HI:N"), ("s.json#/regions/0/outer", "more than inner"),
            ("s.json#/regions/1/iner", "did you mean 'inner'?"), ("s.json#/regions/1/inner", "no such key"), ("s.json#/regions/1/outer", "3"),
            ("s.json#/regions/2", "7"), ("s.json#/regions", "twice"),
        };
        foreach (var (where, text) in expected)
            Assert.Contains(problems, problem => problem.Where == where && problem.ToString().Contains(text, StringComparison.Ordinal));
        Assert.Equal(expected.Length, problems.Count);
    }

    [Fact]
    public void Assignments_are_checked_like_a_file()
    {
        var problems = Refused.By(() => new SurveySettings().With(["simulatons=5", "grid=big", "ensemble", "null=means"]));
        Assert.Equal(["--set simulatons", "--set grid", "--set ensemble", "--set null"], problems.Select(problem => problem.Where));
        Assert.Contains("did you mean 'mean'?", problems[3].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scale_below_three_pixels_is_refused()
    {
        Assert.Contains("at least 3 pixels", Refused.Message(() => new SurveySettings().With(["pixels_across=64", "scales=0.05:1:8"])), StringComparison.Ordinal);
        Assert.Equal(64, new SurveySettings().With(["scales=0.1:1:8", "pixels_across=64"]).PixelsAcross);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"grid\": 40, }")]
    [InlineData("{ // no\n }")]
    public void What_is_no_object_of_settings_is_refused(string json) => Refused.By(() => SurveySettings.Parse(json, "s.json"));

    [Fact]
    public void Scales_are_geometric_and_end_exactly()
    {
        var scales = new ScaleRange(0.1, 1, 8).Values();
        Assert.Equal((0.1, 1.0), (scales[0], scales[^1]));
        for (var i = 2; i < 8; i++) Assert.Equal(scales[1] / scales[0], scales[i] / scales[i - 1], 12);
        Assert.Equal([0.3], new ScaleRange(0.3, 0.3, 1).Values());
    }

    [Theory]
    [InlineData("0:1:8")]
    [InlineData("0.1:1")]
    [InlineData("0.1:1:0")]
    [InlineData("0.1:inf:8")]
    [InlineData("a:1:8")]
    [InlineData("0.1:1:8.5")]
    [InlineData("nan:1:8")]
    public void Scales_that_make_no_sense_are_not_read(string text) => Assert.False(ScaleRange.TryParse(text, out _));
}
