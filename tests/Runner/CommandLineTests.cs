using ClusterSurvey.Runner.Tests.EndToEnd;

namespace ClusterSurvey.Runner.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Help_is_there_and_is_no_error()
    {
        var outcome = SurveyProgram.Run("--help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Surveys the turbulence", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("inspekt", "inspect")]
    public void A_mistyped_command_is_answered_with_the_nearest_one(string typed, string meant)
    {
        var outcome = SurveyProgram.Run(typed);
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains($"did you mean '{meant}'?", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("see clustersurvey --help")]
    [InlineData("see clustersurvey sbi fit --help", "sbi", "fit")]
    [InlineData("run --seed: found 'x', expected a whole number from 0;", "run", "cluster-survey", "--seed", "x")]
    [InlineData("hat --pixel: found 'inf', expected a number with a decimal point;", "hat", "--pixel", "inf")]
    public void An_incomplete_command_line_is_answered_in_our_words(string says, params string[] arguments)
    {
        var outcome = SurveyProgram.Run(arguments).Expect(ExitCode.BadInput);
        Assert.Contains(says, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_value_of_an_unknown_option_is_not_blamed_as_well()
        => Assert.Single(SurveyProgram.Run("demo", "--exposure", "5").Expect(ExitCode.BadInput).Errors.TrimEnd().Split('\n'));

    [Fact]
    public void A_mistyped_option_is_answered_with_the_nearest_one()
    {
        var outcome = SurveyProgram.Run("run", "cluster-survey", "--simulatoins", "10");
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("did you mean '--simulations'?", outcome.Errors, StringComparison.Ordinal);
    }
}
