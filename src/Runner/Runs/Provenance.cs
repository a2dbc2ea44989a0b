using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What the program runs on, for the manifest.</summary>
internal static class Provenance
{
    public static IReadOnlyDictionary<string, string> Versions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["clustersurvey"] = Version(typeof(Provenance).Assembly),
        ["dotnet"] = Environment.Version.ToString(),
        ["TorchSharp"] = Version(typeof(TorchSharp.torch).Assembly),
        ["Parquet.Net"] = Version(typeof(Parquet.ParquetWriter).Assembly),
    };

    public static IReadOnlyDictionary<string, string> Machine() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["system"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
        ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["memory_gib"] = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30)).ToString("f1", CultureInfo.InvariantCulture),
    };

    private static string Version(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString();
}
