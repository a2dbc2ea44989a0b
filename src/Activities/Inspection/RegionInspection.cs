using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Regions;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>One region file.</summary>
internal static class RegionInspection
{
    public static InspectionReport Inspect(string path, RegionImage? image)
    {
        var oddities = new OddityList(path);
        try
        {
            var regions = RegionFile.Read(path, image);
            Find(regions, oddities);
            return new() { Path = path, Kind = "regions", Facts = Facts(regions), Oddities = oddities.Oddities };
        }
        catch (BadInputException failure)
        {
            oddities.Error("bad_regions", failure);
            return new() { Path = path, Kind = "unusable", Oddities = oddities.Oddities };
        }
    }

    private static Fact[] Facts(RegionFile regions) =>
    [
        Fact.Of("shapes", regions.Entries.Count), Fact.Of("shapes_on_sky", regions.Entries.Count(entry => entry is SkyEntry)),
        Fact.Of("shapes_in_pixels", regions.Entries.Count(entry => entry is PixelEntry)), Fact.Of("subtracted_shapes", regions.Entries.Count(entry => entry.IsSubtracted)),
        .. regions.Entries.GroupBy(ShapeOf).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Fact.Of(group.Key + "_shapes", group.Count())),
    ];

    private static string ShapeOf(RegionEntry entry)
    {
        var text = entry.ToString().TrimStart('-');
        return text[..text.IndexOf('(', StringComparison.Ordinal)];
    }

    private static void Find(RegionFile regions, OddityList oddities)
    {
        if (regions.Entries.Count == 0) oddities.Warn("no_regions", "no shape", "excluded sources", "name another file, or leave it out");
        if (regions.IsAllSubtracted) oddities.Note("all_subtracted", "a minus before every shape", "excluded sources without a sign", "nothing: the shapes are taken as excluded sources");
        else if (regions.Entries.Any(entry => entry.IsSubtracted)) oddities.Warn("some_subtracted", "a minus before some shapes", "excluded sources without a sign", "check that these shapes are to give pixels back");
        if (regions.Entries.Any(entry => entry is PixelEntry)) oddities.Warn("pixel_regions", "shapes in pixels", "shapes on the sky", "use them with the very image they were drawn on");
    }
}
