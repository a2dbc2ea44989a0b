using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>The files of one cluster, by their roles.</summary>
public sealed record MapFiles
{
    public required string Name { get; init; }

    public required string Counts { get; init; }

    public string? Exposure { get; init; }

    public string? Background { get; init; }

    /// <summary>Region files and mask images.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    public string? ColumnDensity { get; init; }

    internal IEnumerable<(string Path, MapRole Role)> Images()
    {
        yield return (Counts, MapRole.Counts);
        if (Exposure is not null) yield return (Exposure, MapRole.Exposure);
        if (Background is not null) yield return (Background, MapRole.Background);
        if (ColumnDensity is not null) yield return (ColumnDensity, MapRole.ColumnDensity);
        foreach (var mask in Masks.Where(mask => !IsRegionFile(mask))) yield return (mask, MapRole.Mask);
    }

    internal IEnumerable<string> Regions() => Masks.Where(IsRegionFile);

    internal static bool IsRegionFile(string path) => path.EndsWith(".reg", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Finds map sets in a folder: by the layouts in which X-COP and CHEX-MATE publish theirs, and else, when the names leave
/// one reading only, by the roles that the file names tell.
/// </summary>
public static class MapLayout
{
    /// <summary>The map sets of a folder; none when it holds none, or when its files could be paired in several ways.</summary>
    public static IReadOnlyList<MapFiles> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        MapFiles[] published = [.. Xcop(folder, files), .. ChexMate(folder)];
        return published.Length > 0 ? published : ByName(folder, files) is { } guess ? [guess] : [];
    }

    // mosaic_<name>.fits.gz, mosaic_<name>_expo.fits.gz, mosaic_<name>_bkg.fits.gz, src_ps.reg, <name>_nh.fits
    private static IEnumerable<MapFiles> Xcop(string folder, string[] files)
    {
        foreach (var counts in files)
        {
            var stem = Stem(counts);
            if (!stem.StartsWith("mosaic_", StringComparison.Ordinal) || stem.EndsWith("_expo", StringComparison.Ordinal) || stem.EndsWith("_bkg", StringComparison.Ordinal)) continue;
            var name = stem["mosaic_".Length..];
            yield return new()
            {
                Name = name, Counts = counts, Exposure = Image(folder, stem + "_expo"), Background = Image(folder, stem + "_bkg"),
                ColumnDensity = Image(folder, name + "_nh"), Masks = Existing(Path.Combine(folder, "src_ps.reg")),
            };
        }
    }

    // images_700_1200/epic-obj-im-700-1200.fits.gz and its companions, regions/srclist_<name>.reg, <name>_nh.fits
    private static IEnumerable<MapFiles> ChexMate(string folder)
    {
        var images = Path.Combine(folder, "images_700_1200");
        if (!Directory.Exists(images) || Image(images, "epic-obj-im-700-1200") is not { } counts) yield break;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        yield return new()
        {
            Name = name, Counts = counts, Exposure = Image(images, "epic-exp-im-700-1200"), Background = Image(images, "epic-back-tot-sp-700-1200"),
            ColumnDensity = Image(folder, name + "_nh"), Masks = Existing(Path.Combine(folder, "regions", $"srclist_{name}.reg")),
        };
    }

    private static MapFiles? ByName(string folder, string[] files)
    {
        var byRole = files.Where(IsImage).ToLookup(MapRoles.FromName);
        var counts = byRole[MapRole.Counts].Any() ? byRole[MapRole.Counts] : byRole[MapRole.Unknown];
        if (counts.Count() != 1 || byRole[MapRole.Exposure].Count() > 1 || byRole[MapRole.Background].Count() > 1 || byRole[MapRole.ColumnDensity].Count() > 1) return null;
        if (!byRole[MapRole.Exposure].Any() && !byRole[MapRole.Background].Any()) return null;
        return new()
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), Counts = counts.Single(),
            Exposure = byRole[MapRole.Exposure].SingleOrDefault(), Background = byRole[MapRole.Background].SingleOrDefault(),
            ColumnDensity = byRole[MapRole.ColumnDensity].SingleOrDefault(), Masks = [.. byRole[MapRole.Mask], .. files.Where(MapFiles.IsRegionFile)],
        };
    }

    private static bool IsImage(string path)
    {
        try
        {
            return FitsFile.LooksLikeFits(path) && FitsFile.HasImage(FitsFile.List(path));
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    private static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var suffix in (string[])[".fits.gz", ".fits"])
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return name[..^suffix.Length];
        return "";
    }

    private static string? Image(string folder, string stem) =>
        ((string[])[".fits.gz", ".fits"]).Select(suffix => Path.Combine(folder, stem + suffix)).FirstOrDefault(File.Exists);

    private static string[] Existing(string path) => File.Exists(path) ? [path] : [];
}
