using System.Globalization;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Elsa's words for which versions are meant.</summary>
internal static class VersionOptions
{
    /// <summary>The versions that are meant by a word or a number; the latest when nothing is said.</summary>
    public static IEnumerable<DefinitionVersion> Choose(IEnumerable<DefinitionVersion> versions, string? options) => options switch
    {
        null or "" or "Latest" => versions.Where(version => version.IsLatest),
        "Published" => versions.Where(version => version.IsPublished),
        "Draft" => versions.Where(version => !version.IsPublished),
        "LatestAndPublished" => versions.Where(version => version is { IsLatest: true, IsPublished: true }),
        "LatestOrPublished" => versions.Where(version => version.IsLatest || version.IsPublished),
        "AllVersions" => versions,
        _ when int.TryParse(options, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => versions.Where(version => version.Version == number),
        _ => [],
    };
}
