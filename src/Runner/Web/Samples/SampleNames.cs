using ClusterSurvey.Activities.Settings;

namespace ClusterSurvey.Runner.Web.Samples;

/// <summary>The names under which samples come with the program.</summary>
internal static class SampleNames
{
    /// <summary>The shipped samples; lists of exclusions and descriptions of columns are none.</summary>
    public static IReadOnlyList<string> Shipped()
        => [.. ShippedData.Names("samples", ".csv").Where(name => name != "COLUMNS" && !name.Contains("exclusions", StringComparison.Ordinal))];

    /// <summary>The path of a shipped sample's table.</summary>
    public static string PathOf(string name) => ShippedData.Find("samples", name, ".csv");
}
