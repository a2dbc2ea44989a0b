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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Torch_brings_no_threads_of_its_own_to_a_worker(bool allowed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are counted in /proc");
        Assert.SkipWhen(allowed && Environment.ProcessorCount == 1, "the control needs two processors");
        TorchRuntime.Ensure();
        // Threads that native code starts bear the name of the thread that entered it.
        var name = $"worker-{allowed}";
        var threads = 0;
        var worker = new Thread(() =>
        {
            if (allowed) torch.set_num_threads(2);
            using var image = torch.rand(512, 512);
            using var transform = torch.fft.rfft2(image);
            using var sum = image.exp().sum();
            threads = Directory.GetDirectories("/proc/self/task").Count(task => Named(task, name));
        }) { Name = name };
        worker.Start();
        worker.Join();
        torch.set_num_threads(1);
        Assert.Equal(allowed ? 2 : 1, threads);
    }

    private static bool Named(string task, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim() == name;
        }
        catch (IOException)
        {
            return false; // it ended meanwhile
        }
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
