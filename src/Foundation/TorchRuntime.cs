using System.Runtime.InteropServices;
using TorchSharp;

namespace ClusterSurvey.Foundation;

/// <summary>
/// Loads libtorch once per process. On systems whose libstdc++ is older than GCC 13's (Debian 12) the
/// vendor's libLibTorchSharp.so is refused for a symbol version that it names but never uses; then a
/// private copy with that one version requirement marked weak is loaded in its place (ADR 0005).
/// </summary>
public static partial class TorchRuntime
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>
    /// Makes torch ready and gives it one thread: parallelism is over clusters and batches, with .NET
    /// threads. Must precede the first use of torch in a process; later calls cost nothing.
    /// </summary>
    /// <returns>How the native library was loaded, for provenance: "vendor" or "weakened copy".</returns>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load.</exception>
    public static string Ensure() => Loaded.Value;

    private static string Load()
    {
        // OpenMP counts threads anew for every thread that enters it: set_num_threads alone binds only the thread that calls it,
        // and each worker of ours would bring a team of its own. libgomp and MKL read these when they load.
        foreach (var variable in (string[])["OMP_NUM_THREADS", "MKL_NUM_THREADS"])
            if (!OperatingSystem.IsWindows()) _ = SetNativeVariable(variable, "1", 1);
        var how = OperatingSystem.IsLinux() ? LoadOnLinux() : "vendor";
        torch.set_num_threads(1);
        torch.set_num_interop_threads(1);
        return how;
    }

    // .NET's own Environment.SetEnvironmentVariable changes a copy that native libraries do not see.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);

    private static string LoadOnLinux()
    {
        var vendor = Locate("libLibTorchSharp.so");
        foreach (var library in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"]) NativeLibrary.Load(Locate(library));
        if (NativeLibrary.TryLoad(vendor, out _)) return "vendor";
        var copy = WeakSymbolVersion.PrivateCopy(vendor, "GLIBCXX_3.4.32");
        // Found by its SONAME from now on, wherever TorchSharp looks for it.
        NativeLibrary.Load(copy);
        return "weakened copy";
    }

    private static string Locate(string file)
    {
        var home = AppContext.BaseDirectory;
        string[] candidates =
        [
            Path.Combine(home, file),
            Path.Combine(home, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file),
            Path.Combine(home, "runtimes", "linux-x64", "native", file),
        ];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException($"{file} is in none of {string.Join(", ", candidates)}: restore and build again, the package libtorch-cpu-linux-x64 holds it");
    }
}
