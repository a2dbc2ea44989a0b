using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using TorchSharp;

namespace ClusterSurvey.Inference.Tests.Flows;

public sealed class TensorLeakTests
{
    [Fact]
    public void Passes_through_torch_leave_no_tensor_alive()
    {
        TorchRuntime.Ensure();
        var byHand = new MaskedAutoregressiveFlow(new Seed(1), new FlowArchitecture { Transforms = 2, HiddenUnits = 6 }, 3, 2);
        var before = Alive();
        using (var network = new TorchMaskedAutoregressiveFlow(byHand.Layout, [.. byHand.Parameters]))
        {
            var standing = Alive();
            for (var i = 0; i < 20; i++)
            {
                network.Gradient(new float[20], new float[30], 10, new float[network.Parameters.Length]);
                network.LogDensity(new float[20], new float[30], 10, new double[10]);
            }
            Assert.Equal(standing, Alive());
            Assert.True(standing > before);
        }
        Assert.Equal(before, Alive());
    }

    // The counts are those of this thread: other tests have tensors of their own.
    private static long Alive() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
