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

    [Fact]
    public void A_mistyped_option_is_answered_with_the_nearest_one()
    {
        var outcome = SurveyProgram.Run("run", "cluster-survey", "--simulatoins", "10");
        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("did you mean '--simulations'?", outcome.Errors, StringComparison.Ordinal);
    }
}
