using System.Globalization;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Regions;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>The maps of one cluster, alone and against each other.</summary>
internal static class MapSetInspection
{
    private const double TolerancePixels = 0.25, RoundingPixels = 1e-9;

    public static InspectionReport Inspect(MapSetFiles files, FitsLimits limits)
    {
        var oddities = new OddityList(files.Counts);
        var read = files.Images().Select(file => (file.Role, Found: ImageInspection.Inspect(file.Path, file.Role, limits))).ToArray();
        FitsImage? Image(MapRole role) => read.FirstOrDefault(map => map.Role == role).Found.Image;
        var regionImage = Image(MapRole.Counts) is { } drawn ? RegionImageOf(drawn) : null;
        Missing(files, oddities);
        if (Image(MapRole.Counts) is { } counts)
        {
            var others = read.Where(map => map.Role is not (MapRole.Counts or MapRole.ColumnDensity)).Select(map => map.Found.Image).OfType<FitsImage>();
            foreach (var other in others) Grid(counts, other);
            if (Image(MapRole.Exposure) is { } exposure && SameShape(counts, exposure)) Unexposed(counts, exposure, Image(MapRole.Background), oddities);
        }
        var regions = files.Regions().Select(path => RegionInspection.Inspect(path, regionImage));
        return new()
        {
            Path = files.Name, Kind = "map set", Facts = [.. files.Images().Select(file => Fact.Of(file.Role.ToString().ToLowerInvariant(), file.Path))],
            Oddities = oddities.Oddities, Parts = [.. read.Select(map => map.Found.Report), .. regions],
        };

        void Grid(FitsImage mine, FitsImage other)
        {
            try
            {
                mine.RequireSameGrid(other, TolerancePixels);
                var mismatch = mine.ReadWcs().CornerMismatchPixels(other.ReadWcs(), mine.Width, mine.Height);
                if (mismatch > RoundingPixels)
                    oddities.Note("wcs_rounding", string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(other.Header.File)} {mismatch:G3} pixels away at the corners"), "the same projection", "nothing: it is within the tolerance");
            }
            catch (FitsException failure)
            {
                oddities.Error("grids_differ", failure);
            }
        }
    }

    private static RegionImage? RegionImageOf(FitsImage image)
    {
        try
        {
            return RegionImage.Of(image);
        }
        catch (FitsException)
        {
            // Named among the oddities of the image.
            return null;
        }
    }

    private static void Missing(MapSetFiles files, OddityList oddities)
    {
        if (files.Exposure is null) oddities.Error("missing_exposure", "no exposure map", "one", "name it in the sample table");
        if (files.Background is null) oddities.Warn("missing_background", "no background map", "one", "name it in the sample table; without one the background is taken as 0");
    }

    private static bool SameShape(FitsImage one, FitsImage other) => one.Width == other.Width && one.Height == other.Height;

    private static void Unexposed(FitsImage counts, FitsImage exposure, FitsImage? background, OddityList oddities)
    {
        var (pixels, sum) = Outside(counts, exposure);
        if (pixels > 0)
            oddities.Warn(
                "counts_under_zero_exposure", string.Create(CultureInfo.InvariantCulture, $"{sum:G10} counts in {pixels} pixels with zero exposure"), "no counts where there is no exposure", "nothing: these pixels are masked");
        if (background is null || !SameShape(background, exposure)) return;
        (pixels, sum) = Outside(background, exposure);
        if (pixels > 0)
            oddities.Note(
                "background_under_zero_exposure", string.Create(CultureInfo.InvariantCulture, $"a background of {sum:G6} in {pixels} pixels of {Path.GetFileName(background.Header.File)} with zero exposure"), "none", "nothing: these pixels are masked");
    }

    private static (long Pixels, double Sum) Outside(FitsImage map, FitsImage exposure)
    {
        var (pixels, sum) = (0L, 0.0);
        for (var i = 0; i < map.Pixels.Length; i++)
        {
            if (exposure.Pixels[i] > 0 || map.Pixels[i] == 0 || !double.IsFinite(map.Pixels[i])) continue;
            pixels++;
            sum += map.Pixels[i];
        }
        return (pixels, sum);
    }
}
