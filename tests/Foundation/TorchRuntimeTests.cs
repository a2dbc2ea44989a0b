using TorchSharp;

namespace ClusterSurvey.Foundation.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Torch_loads_and_computes_on_this_system()
    {
        Assert.Contains(TorchRuntime.Ensure(), (string[])["vendor", "weakened copy"]);
        using var ones = torch.ones(3, 4);
        Assert.Equal(12, ones.sum().item<float>());
        Assert.Equal(1, torch.get_num_threads());
    }

    [Fact]
    public void A_file_that_is_no_ELF_object_is_left_alone()
    {
        var text = "not a library, but long enough to hold the header of one if it were; see?"u8.ToArray();
        Assert.False(WeakSymbolVersion.MarkWeak(text, "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Only_the_named_version_is_weakened()
    {
        var vendor = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (!File.Exists(vendor)) vendor = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        var before = File.ReadAllBytes(vendor);
        var after = before.ToArray();
        Assert.False(WeakSymbolVersion.MarkWeak(after, "GLIBCXX_9.9.99"));
        Assert.Equal(before, after);
        Assert.True(WeakSymbolVersion.MarkWeak(after, "GLIBCXX_3.4.32"));
        Assert.Equal(1, before.Zip(after).Count(pair => pair.First != pair.Second));
    }
}
