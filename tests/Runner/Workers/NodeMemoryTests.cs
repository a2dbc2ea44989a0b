using ClusterSurvey.Runner.Workers;

namespace ClusterSurvey.Runner.Tests.Workers;

public sealed class NodeMemoryTests
{
    [Fact]
    public void Jobs_take_what_there_is_and_give_it_back()
    {
        var memory = new NodeMemory(10);
        Assert.True(memory.TryTake("a", 6));
        Assert.False(memory.TryTake("b", 5));
        Assert.True(memory.TryTake("c", 4));
        Assert.False(memory.TryTake("b", 1));
        memory.GiveBack("a");
        Assert.True(memory.TryTake("b", 5));
    }

    [Fact]
    public void One_job_always_fits_and_steps_around_the_clusters_beside_any()
    {
        var memory = new NodeMemory(10);
        Assert.True(memory.TryTake("large", 100));
        Assert.True(memory.TryTake("run", 0));
        Assert.False(memory.TryTake("small", 1));
        memory.GiveBack("large");
        memory.GiveBack("never there");
        Assert.True(memory.TryTake("small", 1));
    }
}
