using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Samples;

/// <summary>
/// Finds the maps of a sample. A row that names its counts map is taken as it stands. For any other the folder of maps
/// (or a folder in it with the cluster's name) is searched for the layouts of the X-COP and CHEX-MATE releases:
/// mosaic_NAME.fits.gz with _expo and _bkg, src_ps.reg, NAME_nh.fits; or images_700_1200/epic-*-700-1200.fits.gz with
/// regions/srclist_NAME.reg. Case and blanks of names do not count, and files may be unpacked.
/// </summary>
public static class MapLayout
{
    private static readonly string[] FitsEndings = [".fits.gz", ".fits", ".fit.gz", ".fit"];

    /// <summary>The files of every row, in the order of the table. Nothing is opened.</summary>
    /// <exception cref="BadInputException">Every missing file of every row.</exception>
    public static IReadOnlyList<MapFiles> Find(SampleTable sample, string mapsDirectory)
    {
        var problems = new List<Problem>();
        var found = Find(sample, mapsDirectory, problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : found;
    }

    internal static IReadOnlyList<MapFiles> Find(SampleTable sample, string mapsDirectory, List<Problem> problems)
    {
        if (Directory.Exists(mapsDirectory))
            return [.. sample.Rows.Where(row => row.Name.Length > 0).Select(row => Find(row, mapsDirectory, $"{sample.Source}:{row.Line} ({row.Name})", problems))];
        problems.Add(new Problem(mapsDirectory, File.Exists(mapsDirectory) ? "a file" : "no such folder", "the folder of maps", "correct --maps"));
        return [];
    }

    private static MapFiles Find(SampleRow row, string maps, string where, List<Problem> problems)
    {
        var layout = row.Maps.Counts is null ? Search(row.Name, maps) : new Found(null, null, null, [], null);
        string? Named(string column, string? cell) => cell is null ? null : Existing(maps, cell, $"{where} {column}", problems);
        var counts = Named("counts", row.Maps.Counts) ?? layout.Counts;
        var exposure = Named("exposure", row.Maps.Exposure) ?? layout.Exposure;
        // A row that names one map of the two is wrong in itself, and its table says so.
        if (row.Maps is { Counts: null, Exposure: null })
        {
            if (counts is null) problems.Add(Missing(where, "counts map", row.Name, "mosaic_NAME.fits.gz", "epic-obj-im-700-1200.fits.gz", maps));
            else if (exposure is null) problems.Add(Missing(where, "exposure map", row.Name, "mosaic_NAME_expo.fits.gz", "epic-exp-im-700-1200.fits.gz", maps));
        }
        var masks = row.Maps.Masks.Select(mask => Named("mask", mask)).OfType<string>().ToList();
        var files = new MapFiles(row.Name, counts ?? "", exposure ?? "", Named("background", row.Maps.Background) ?? layout.Background,
            row.Maps.Masks.Count > 0 ? masks : layout.Masks, Named("nh_map", row.Maps.ColumnDensity) ?? layout.ColumnDensity);
        var fence = new FileFence(maps);
        problems.AddRange(files.All.Select(path => fence.ProblemOf(path, where)).OfType<Problem>());
        return files;
    }

    private static Found Search(string name, string maps)
    {
        foreach (var folder in Folders(name, maps))
        {
            var files = new FolderFiles(folder);
            if (files.Fits(ReleaseLayout.MosaicStart + name) is { } mosaic)
            {
                var region = ReleaseLayout.MosaicSources(name).Select(files.Exact).FirstOrDefault(path => path is not null);
                return new Found(
                    mosaic, files.Fits(ReleaseLayout.MosaicStart + name + ReleaseLayout.MosaicExposure),
                    files.Fits(ReleaseLayout.MosaicStart + name + ReleaseLayout.MosaicBackground), region is null ? [] : [region],
                    files.Fits(ReleaseLayout.ColumnDensity(name)));
            }
            var images = new FolderFiles(Path.Combine(folder, ReleaseLayout.BandFolder));
            if (images.Fits(ReleaseLayout.BandCounts) is { } image)
            {
                var region = new FolderFiles(Path.Combine(folder, ReleaseLayout.BandRegionFolder)).Exact(ReleaseLayout.BandSources(name));
                return new Found(
                    image, images.Fits(ReleaseLayout.BandExposure), images.Fits(ReleaseLayout.BandBackground), region is null ? [] : [region],
                    files.Fits(ReleaseLayout.ColumnDensity(name)));
            }
        }
        return new Found(null, null, null, [], null);
    }

    /// <summary>The cluster's own folder first, then the folder of maps itself.</summary>
    private static IEnumerable<string> Folders(string name, string maps) =>
        Directory.EnumerateDirectories(maps).Where(folder => SameName(Path.GetFileName(folder), name)).Order(StringComparer.Ordinal).Append(maps);

    private static bool SameName(string left, string right) =>
        string.Equals(Plain(left), Plain(right), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static string? Existing(string maps, string cell, string where, List<Problem> problems)
    {
        var path = Path.Combine(maps, cell);
        if (File.Exists(path)) return path;
        problems.Add(new Problem(where, $"no file {path}", "an existing file, relative to the folder of maps", "correct the cell, or --maps"));
        return null;
    }

    private static Problem Missing(string where, string what, string name, string xcop, string chexmate, string maps)
    {
        var mosaic = xcop.Replace("NAME", name, StringComparison.Ordinal);
        return new Problem(where, $"no {what} in {maps}", $"{mosaic}, {name}/{mosaic} or {name}/images_700_1200/{chexmate}",
            "name the files in the columns counts, exposure, background and mask, or correct --maps");
    }

    private sealed record Found(string? Counts, string? Exposure, string? Background, IReadOnlyList<string> Masks, string? ColumnDensity);

    /// <summary>The files of one folder, found whatever the case and the blanks of their names.</summary>
    private sealed class FolderFiles(string folder)
    {
        private readonly string[] paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)] : [];

        public string? Exact(string name) => paths.FirstOrDefault(path => SameName(Path.GetFileName(path), name));

        public string? Fits(string stem) => FitsEndings.Select(ending => Exact(stem + ending)).FirstOrDefault(path => path is not null);
    }
}
