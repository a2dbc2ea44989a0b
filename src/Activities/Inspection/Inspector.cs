using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Regions;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>Says what a file, a map set or a folder is, with every oddity found. A file that is damaged is a finding, not a failure.</summary>
public static class Inspector
{
    private const int DeepestFolder = 3;

    /// <exception cref="BadInputException">There is nothing at the path.</exception>
    public static InspectionReport Inspect(string path, FitsLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= FitsLimits.Default;
        if (Directory.Exists(path)) return Folder(path, limits, DeepestFolder);
        if (!File.Exists(path)) throw new BadInputException(path, "nothing", "a file or a folder", "check the name");
        return SingleFile(path, limits, null);
    }

    /// <summary>What the files of one cluster are, alone and together.</summary>
    public static InspectionReport Inspect(MapSetFiles files, FitsLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return MapSetInspection.Inspect(files, limits ?? FitsLimits.Default);
    }

    internal static InspectionReport SingleFile(string path, FitsLimits limits, RegionImage? image)
    {
        try
        {
            if (MapSetFiles.IsRegionFile(path)) return RegionInspection.Inspect(path, image);
            if (FitsFile.LooksLikeFits(path) || HasFitsName(path)) return ImageInspection.Inspect(path, MapRoles.FromName(path), limits).Report;
            return Unknown(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var oddities = new OddityList(path);
            oddities.Error("unreadable", $"a file that cannot be read ({failure.Message})", "a file that can be read", "check its rights");
            return new() { Path = path, Kind = "unusable", Oddities = oddities.Oddities };
        }
    }

    private static InspectionReport Folder(string folder, FitsLimits limits, int depth)
    {
        var sets = MapSetFinder.Find(folder);
        var taken = sets.SelectMany(set => set.Images().Select(image => image.Path).Concat(set.Regions())).ToHashSet();
        var alone = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Where(file => !taken.Contains(file)).Select(file => SingleFile(file, limits, null));
        var inside = depth == 0 ? [] : Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
            .Where(child => !taken.Any(file => file.StartsWith(child + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Select(child => Folder(child, limits, depth - 1));
        return new() { Path = folder, Kind = "folder", Parts = [.. sets.Select(set => MapSetInspection.Inspect(set, limits)), .. alone, .. inside] };
    }

    private static bool HasFitsName(string path)
    {
        var name = path.ToLowerInvariant();
        return name.EndsWith(".fits", StringComparison.Ordinal) || name.EndsWith(".fits.gz", StringComparison.Ordinal) || name.EndsWith(".ftz", StringComparison.Ordinal)
            || name.EndsWith(".fit", StringComparison.Ordinal) || name.EndsWith(".img", StringComparison.Ordinal);
    }

    private static InspectionReport Unknown(string path)
    {
        var oddities = new OddityList(path);
        Span<byte> start = stackalloc byte[6];
        using (var file = File.OpenRead(path)) start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        var kind = start.SequenceEqual<byte>([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) ? "a NumPy array" : "a file that starts neither as FITS nor as gzip";
        oddities.Note("unknown_format", kind, "a FITS image or a DS9 region file (.reg)", "nothing, if the survey does not name it");
        return new() { Path = path, Kind = "unknown", Facts = [Fact.Of("file_bytes", new FileInfo(path).Length)], Oddities = oddities.Oddities };
    }
}
