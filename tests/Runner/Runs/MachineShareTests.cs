using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Runner.Tests.Runs;

public sealed class MachineShareTests
{
    private static readonly ClusterMemory Cluster = new(1e9, 1e9);

    [Theory]
    [InlineData(8, 100, 20, 8, 1)]
    [InlineData(8, 100, 3, 3, 2)]
    [InlineData(8, 100, 1, 1, 8)]
    [InlineData(8, 7, 20, 3, 1)]
    [InlineData(8, 7, 1, 1, 5)]
    [InlineData(8, 5, 2, 2, 1)]
    [InlineData(8, 0.1, 20, 1, 1)]
    [InlineData(1, 100, 20, 1, 1)]
    public void Clusters_fill_the_cores_as_far_as_the_memory_goes(int cores, double memoryGb, int clusters, int passes, int threads)
        => Assert.Equal(new Parallelism(passes, threads), new MachineShare(cores, memoryGb * 1e9).For(Cluster, clusters));

    [Fact]
    public void A_finer_map_takes_more_memory_and_more_simulations_do_too()
    {
        var usual = ClusterMemory.Of(new SurveySettings());
        Assert.InRange(usual.With(1), 1e8, 1e9);
        Assert.True(ClusterMemory.Of(new SurveySettings { PixelsAcross = 256 }).BytesPerThread > 6 * usual.BytesPerThread);
        Assert.True(ClusterMemory.Of(new SurveySettings { Simulations = 1_000_000 }).Bytes > 1e9);
    }

    [Theory]
    [InlineData(MachineShare.CoresVariable, "two")]
    [InlineData(MachineShare.CoresVariable, "1.5")]
    [InlineData(MachineShare.MemoryVariable, "-1")]
    [InlineData(MachineShare.MemoryVariable, "NaN")]
    public void A_variable_that_is_no_number_is_refused_by_its_name(string variable, string text)
    {
        var refused = Assert.Throws<BadInputException>(() => MachineShare.Of(name => name == variable ? text : null));
        Assert.Equal(variable, Assert.Single(refused.Problems).Where);
    }

    [Fact]
    public void The_environment_overrides_what_the_machine_says()
        => Assert.Equal(new MachineShare(3, 1.5 * (1L << 30)), MachineShare.Of(name => name == MachineShare.CoresVariable ? "3" : "1.5"));
}
