using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Settings;

public sealed class PsfSettingTests
{
    private static readonly PsfComponent[] Wide = [new(null, null, 30, 1)];

    private static string? Words(string text) => PsfSetting.Parse(text, "psf").Of(Wide)?.InWords;

    [Fact]
    public void A_setting_names_an_instruments_function_a_profile_or_none()
    {
        Assert.Equal("Gaussian, half-energy width 30 arcsec, cut at 300 arcsec", Words("instrument"));
        Assert.Null(PsfSetting.Parse("instrument", "psf").Of([]));
        Assert.Null(Words("none"));
        Assert.Equal("King, core radius 6.6 arcsec, slope 1.5, cut at 300 arcsec", Words("king"));
        Assert.Equal("King, core radius 5.5 arcsec, slope 1.4, cut at 300 arcsec", Words("king:5.5:1.4"));
        Assert.Equal("Gaussian, half-energy width 15 arcsec, cut at 300 arcsec", Words("gaussian"));
        Assert.Equal(20, PsfSetting.Parse("gaussian:20", "psf").Of([])!.HalfEnergyWidthArcsec, 1e-3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kign")]
    [InlineData("King")]
    [InlineData("king:5")]
    [InlineData("king:5:1")]
    [InlineData("king:-5:1.5")]
    [InlineData("king:nan:1.5")]
    [InlineData("gaussian:0")]
    [InlineData("gaussian:1e9")]
    [InlineData("gaussian:15:2")]
    [InlineData("none:1")]
    [InlineData("instrument:pn")]
    public void What_is_no_setting_is_refused_with_what_may_stand_there(string text)
    {
        Assert.False(PsfSetting.TryParse(text, out _));
        var problem = Assert.Single(Refused.By(() => new SurveySettings().With([$"psf=\"{text}\""])));
        Assert.Equal(("--set psf", PsfSetting.Allowed), (problem.Where, problem.Expected));
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("1e-7:1e-5", true)]
    [InlineData("1e-7:1e-7", true)]
    [InlineData("1e-5:1e-7", false)]
    [InlineData("0:1", false)]
    [InlineData("1", false)]
    [InlineData("1:inf", false)]
    public void Extra_power_is_none_or_a_range(string text, bool allowed)
    {
        Assert.Equal(allowed, UnresolvedPowerSetting.TryParse(text, out var sources));
        Assert.Equal(allowed && text != "none", sources is not null);
        if (!allowed) Refused.By(() => new SurveySettings().With([$"unresolved_power={text}"]));
        else Assert.Equal(text, new SurveySettings().With([$"unresolved_power={text}"]).UnresolvedPower);
    }
}
