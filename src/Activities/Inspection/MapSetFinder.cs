using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>
/// Finds map sets in a folder: by the layouts in which X-COP and CHEX-MATE publish theirs, and else, when the names leave
/// one reading only, by the roles that the file names tell.
/// </summary>
public static class MapSetFinder
{
    /// <summary>The map sets of a folder; none when it holds none, or when its files could be paired in several ways.</summary>
    public static IReadOnlyList<MapSetFiles> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        MapSetFiles[] published = [.. Xcop(folder, files), .. ChexMate(folder)];
        return published.Length > 0 ? published : ByName(folder, files) is { } guess ? [guess] : [];
    }

    // mosaic_<name>.fits.gz, mosaic_<name>_expo.fits.gz, mosaic_<name>_bkg.fits.gz, src_ps.reg, <name>_nh.fits
    private static IEnumerable<MapSetFiles> Xcop(string folder, string[] files)
    {
        foreach (var counts in files)
        {
            var stem = Stem(counts);
            if (!stem.StartsWith(ReleaseLayout.MosaicStart, StringComparison.Ordinal) || stem.EndsWith(ReleaseLayout.MosaicExposure, StringComparison.Ordinal) || stem.EndsWith(ReleaseLayout.MosaicBackground, StringComparison.Ordinal)) continue;
            var name = stem[ReleaseLayout.MosaicStart.Length..];
            yield return new()
            {
                Name = name, Counts = counts, Exposure = Image(folder, stem + ReleaseLayout.MosaicExposure), Background = Image(folder, stem + ReleaseLayout.MosaicBackground),
                ColumnDensity = Image(folder, ReleaseLayout.ColumnDensity(name)), Masks = [.. ReleaseLayout.MosaicSources(name).Select(file => Path.Combine(folder, file)).Where(File.Exists).Take(1)],
            };
        }
    }

    // images_700_1200/epic-obj-im-700-1200.fits.gz and its companions, regions/srclist_<name>.reg, <name>_nh.fits
    private static IEnumerable<MapSetFiles> ChexMate(string folder)
    {
        var images = Path.Combine(folder, ReleaseLayout.BandFolder);
        if (!Directory.Exists(images) || Image(images, ReleaseLayout.BandCounts) is not { } counts) yield break;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        yield return new()
        {
            Name = name, Counts = counts, Exposure = Image(images, ReleaseLayout.BandExposure), Background = Image(images, ReleaseLayout.BandBackground),
            ColumnDensity = Image(folder, ReleaseLayout.ColumnDensity(name)), Masks = [.. new[] { Path.Combine(folder, ReleaseLayout.BandRegionFolder, ReleaseLayout.BandSources(name)) }.Where(File.Exists)],
        };
    }

    private static MapSetFiles? ByName(string folder, string[] files)
    {
        var byRole = files.Where(IsImage).ToLookup(MapRoles.FromName);
        var counts = byRole[MapRole.Counts].Any() ? byRole[MapRole.Counts] : byRole[MapRole.Unknown];
        if (counts.Count() != 1 || byRole[MapRole.Exposure].Count() > 1 || byRole[MapRole.Background].Count() > 1 || byRole[MapRole.ColumnDensity].Count() > 1) return null;
        if (!byRole[MapRole.Exposure].Any() && !byRole[MapRole.Background].Any()) return null;
        return new()
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), Counts = counts.Single(),
            Exposure = byRole[MapRole.Exposure].SingleOrDefault(), Background = byRole[MapRole.Background].SingleOrDefault(),
            ColumnDensity = byRole[MapRole.ColumnDensity].SingleOrDefault(), Masks = [.. byRole[MapRole.Mask], .. files.Where(MapSetFiles.IsRegionFile)],
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
}
