using System.Globalization;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>One FITS file: its HDUs, its image if it has one, and what is unusual about them.</summary>
internal static class ImageInspection
{
    /// <summary>The report, and the image when it could be read.</summary>
    public static (InspectionReport Report, FitsImage? Image) Inspect(string path, MapRole role, FitsLimits limits)
    {
        var oddities = new OddityList(path);
        var facts = new List<Fact> { Fact.Of("file_bytes", new FileInfo(path).Length) };
        FileOddities.Find(path, oddities);
        try
        {
            var hdus = FitsFile.List(path, limits);
            facts.Add(Fact.Of("hdus", string.Join(", ", hdus.Select(Describe))));
            if (!FitsFile.HasImage(hdus)) return (NoImage(path, hdus, facts, oddities), null);
        }
        catch (FitsException failure)
        {
            oddities.Error("unusable", failure);
        }
        return WithImage(path, role, limits, facts, oddities);
    }

    private static (InspectionReport, FitsImage?) WithImage(string path, MapRole role, FitsLimits limits, List<Fact> facts, OddityList oddities)
    {
        try
        {
            var image = FitsFile.ReadImage(path, limits);
            var statistics = PixelStatistics.Of(image.Pixels);
            if (role == MapRole.Unknown) role = FromContent(image, statistics);
            facts.AddRange(Facts(image, role, statistics));
            HduOddities.Find(path, image, limits, oddities);
            HeaderOddities.Find(image, role, oddities);
            PixelOddities.Find(image, role, statistics, oddities);
            return (new() { Path = path, Kind = "image", Facts = facts, Oddities = oddities.Oddities }, image);
        }
        catch (FitsException failure)
        {
            if (!oddities.Oddities.Any(oddity => oddity.Code == "unusable")) oddities.Error("unusable", failure);
            return (new() { Path = path, Kind = "unusable", Facts = facts, Oddities = oddities.Oddities }, null);
        }
    }

    private static InspectionReport NoImage(string path, IReadOnlyList<FitsHdu> hdus, List<Fact> facts, OddityList oddities)
    {
        oddities.Note("no_image", $"{hdus.Count(hdu => hdu.Kind == FitsHduKind.Table)} tables and no image of the sky", "an image", "nothing, if the survey does not name it as a map");
        return new() { Path = path, Kind = "tables", Facts = facts, Oddities = oddities.Oddities };
    }

    private static string Describe(FitsHdu hdu) =>
        $"{hdu.Index} {hdu.Name ?? (hdu.Index == 0 ? "primary" : "unnamed")} {hdu.Kind.ToString().ToLowerInvariant()}{(hdu.Axes.Count > 0 ? $" {string.Join('x', hdu.Axes)}" : "")}";

    // A file whose name says nothing: zeros and ones are a mask; the unit and the content keyword are hints.
    private static MapRole FromContent(FitsImage image, PixelStatistics statistics)
    {
        var unit = image.Header.TextOrNull("BUNIT")?.Trim().ToLowerInvariant();
        if (statistics.IsZeroOrOne && statistics.Sum > statistics.Pixels / 20) return MapRole.Mask;
        if (unit is "s" or "sec" or "seconds") return MapRole.Exposure;
        return unit is "counts" or "count" || (statistics.Fractional == 0 && statistics.Sum > 0) ? MapRole.Counts : MapRole.Unknown;
    }

    private static IEnumerable<Fact> Facts(FitsImage image, MapRole role, PixelStatistics statistics)
    {
        var header = image.Header;
        List<Fact> facts =
        [
            Fact.Of("role", role.ToString().ToLowerInvariant()), Fact.Of("image_hdu", header.Hdu), Fact.Of("width_pixels", image.Width), Fact.Of("height_pixels", image.Height),
            Fact.Of("bitpix", image.Hdu.BitsPerPixel), Fact.Of("header_records", header.Records), Fact.Of("unit", header.TextOrNull("BUNIT")?.Trim() is { Length: > 0 } unit ? unit : "missing"),
        ];
        foreach (var keyword in (string[])["TELESCOP", "INSTRUME", "OBJECT", "EXPOSURE"])
            if (header.Has(keyword)) facts.Add(Fact.Of(keyword.ToLowerInvariant() + "_keyword", header.Show(keyword).Trim('\'')));
        facts.AddRange(statistics.Facts());
        return FitsWcs.IsIn(header) ? facts.Concat(SkyFacts(image)) : facts;
    }

    private static IEnumerable<Fact> SkyFacts(FitsImage image)
    {
        Wcs wcs;
        try
        {
            wcs = image.ReadWcs();
        }
        catch (FitsException)
        {
            // Named among the oddities.
            return [];
        }
        var centre = wcs.ToSky(new((image.Width - 1) / 2.0, (image.Height - 1) / 2.0));
        return
        [
            Fact.Of("projection", "TAN"), Fact.Of("pixel_scale_arcmin", wcs.PixelScaleArcmin), Fact.Of("pixel_scale_arcsec", 60 * wcs.PixelScaleArcmin), Fact.Of("rotation_deg", wcs.RotationDegrees),
            Fact.Of("centre_ra_deg", centre.RaDegrees), Fact.Of("centre_dec_deg", centre.DecDegrees),
            Fact.Of("field_arcmin", string.Create(CultureInfo.InvariantCulture, $"{image.Width * wcs.PixelScaleArcmin:F1} x {image.Height * wcs.PixelScaleArcmin:F1}")),
        ];
    }
}
