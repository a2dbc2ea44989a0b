using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Regions;

/// <summary>
/// The image that a region file goes with. It is needed for the frame <c>physical</c>, and for sizes in pixels around a
/// place on the sky or in arcsec around a pixel.
/// </summary>
public sealed record RegionImage(Wcs? Wcs, PhysicalPixels? Physical)
{
    /// <exception cref="FitsException">The image's projection, or its physical coordinates, are not supported.</exception>
    public static RegionImage Of(FitsImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(image.ReadWcs(), FitsWcs.ReadPhysical(image.Header));
    }
}

/// <summary>
/// A DS9 region file as a list of excluded sources. A pixel is excluded when it lies in a shape without a minus and in none
/// with one: a minus gives pixels back. A file in which every shape has a minus lists what is to be taken out (as CIAO and
/// ESAS write them): then those shapes are the excluded ones.
/// </summary>
public sealed record RegionFile(string Name, IReadOnlyList<RegionEntry> Entries)
{
    private const long MaximumBytes = 16 << 20;

    /// <summary>True when every shape has a minus, and the minus therefore means what it says: take this out.</summary>
    public bool IsAllSubtracted => Entries.Count > 0 && Entries.All(entry => entry.IsSubtracted);

    /// <exception cref="BadInputException">The file cannot be read, or lines of it are not understood; every such line is named.</exception>
    public static RegionFile Read(string path, RegionImage? image = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var size = new FileInfo(path).Length;
            if (size > MaximumBytes) throw new BadInputException(path, $"{size} bytes", $"a region file of at most {MaximumBytes} bytes", "name a DS9 region file");
            return Parse(File.ReadAllText(path), path, image);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "no file that can be read", "a DS9 region file", "check its name and its rights", failure);
        }
    }

    /// <exception cref="BadInputException">Lines are not understood; every such line is named.</exception>
    public static RegionFile Parse(string text, string name, RegionImage? image = null) => new(name, new RegionParser(name, image).Parse(text));

    /// <summary>True for each pixel that the file excludes, row by row.</summary>
    /// <exception cref="BadInputException">A shape is out of the projection's sight: the file belongs to another field.</exception>
    public bool[] Excluded(Wcs wcs, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(wcs);
        var excluded = new bool[checked(width * height)];
        var takesOut = IsAllSubtracted;
        foreach (var entry in Entries.Where(entry => takesOut || !entry.IsSubtracted)) Paint(entry, wcs, excluded, width, height, true);
        if (takesOut) return excluded;
        foreach (var entry in Entries.Where(entry => entry.IsSubtracted)) Paint(entry, wcs, excluded, width, height, false);
        return excluded;
    }

    /// <summary>Takes the excluded pixels out of a mask of usable pixels.</summary>
    /// <exception cref="BadInputException">A shape is out of the projection's sight: the file belongs to another field.</exception>
    public void ExcludeFrom(Span<bool> usable, Wcs wcs, int width, int height)
    {
        var excluded = Excluded(wcs, width, height);
        if (usable.Length != excluded.Length) throw new ArgumentException($"the mask has {usable.Length} pixels, expected {width} x {height}", nameof(usable));
        for (var i = 0; i < excluded.Length; i++) usable[i] &= !excluded[i];
    }

    /// <summary>The file in DS9's form; parsing it gives the same shapes.</summary>
    public override string ToString() => RegionPrinter.Print(Entries);

    private void Paint(RegionEntry entry, Wcs wcs, bool[] map, int width, int height, bool value)
    {
        try
        {
            entry.ToPixel(wcs).Paint(map, width, height, value);
        }
        catch (ArgumentException outOfSight)
        {
            throw new BadInputException($"{Name}:{entry.Line}", $"{entry}, on the other side of the sky", "a shape near the image", "name the region file of this field", outOfSight);
        }
    }
}
