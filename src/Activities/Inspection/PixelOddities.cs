using System.Globalization;
using ClusterSurvey.Activities.Fits;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>What is unusual about the pixels of an image, given what it is to the survey.</summary>
internal static class PixelOddities
{
    // An exposure of a million seconds is eleven days; a million cm2 s is 1 ks on 1000 cm2.
    private const double LeastAreaTime = 1e6;

    public static void Find(FitsImage image, MapRole role, PixelStatistics statistics, OddityList oddities)
    {
        NotNumbers(statistics, oddities);
        if (statistics.Sentinel > 0)
            oddities.Warn("sentinel", $"{statistics.Sentinel} pixels that hold {Show(statistics.Minimum)} or the like", "NaN, BLANK or a mask where there is no measurement", "mask them: they are no measurements");
        switch (role)
        {
            case MapRole.Counts: Counts(statistics, oddities); break;
            case MapRole.Exposure: Exposure(image, statistics, oddities); break;
            case MapRole.Background: Background(image, statistics, oddities); break;
            case MapRole.Mask when !statistics.IsZeroOrOne:
                oddities.Warn("mask_values", $"values from {Show(statistics.Minimum)} to {Show(statistics.Maximum)}", "a mask of zeros and ones", "check that the file is a mask: 0 is taken as masked, anything else as usable");
                break;
        }
    }

    private static void NotNumbers(PixelStatistics statistics, OddityList oddities)
    {
        if (statistics.NotANumber > 0) oddities.Warn("nan_pixels", $"{statistics.NotANumber} pixels that are NaN", "numbers", "nothing: they are masked");
        if (statistics.Infinite > 0) oddities.Warn("infinite_pixels", $"{statistics.Infinite} infinite pixels", "finite numbers", "nothing: they are masked");
        if (statistics.NotANumber + statistics.Infinite == statistics.Pixels) oddities.Error("no_pixels", "no pixel with a finite value", "an image", "name another file");
        else if (statistics.Zero == statistics.Pixels) oddities.Warn("all_zero", "zeros only", "an image", "check that the right file is named");
    }

    private static void Counts(PixelStatistics statistics, OddityList oddities)
    {
        if (statistics.Negative > 0)
            oddities.Warn("negative_counts", $"{statistics.Negative} pixels with negative counts, down to {Show(statistics.Minimum)}", "counts of 0 and above for a Poisson likelihood", "choose the policy for out-of-time subtracted images, or name the image before subtraction");
        if (statistics.Fractional > 0)
            oddities.Warn("fractional_counts", $"{statistics.Fractional} pixels with fractional counts", "whole counts for a Poisson likelihood", "choose the policy for out-of-time subtracted images, or name the image before subtraction");
    }

    private static void Exposure(FitsImage image, PixelStatistics statistics, OddityList oddities)
    {
        if (statistics.Negative > 0) oddities.Warn("negative_exposure", $"{statistics.Negative} pixels with negative exposure", "0 and above", "nothing: they are masked");
        if (statistics.Zero > 0) oddities.Note("unexposed_pixels", $"{statistics.Zero} pixels with zero exposure, of {statistics.Pixels}", "exposure above 0", "nothing: they are masked");
        Unit(image.Header, statistics, oddities);
        Keyword(image.Header, statistics, oddities);
    }

    private static void Unit(FitsHeader header, PixelStatistics statistics, OddityList oddities)
    {
        var guess = statistics.Maximum >= LeastAreaTime ? "cm2 s" : "s";
        var unit = header.TextOrNull("BUNIT")?.Trim().ToLowerInvariant() ?? "";
        var said = unit.Contains("cm", StringComparison.Ordinal) ? "cm2 s" : unit is "s" or "sec" or "second" or "seconds" ? "s" : null;
        if (said == guess) return;
        var found = $"values up to {Show(statistics.Maximum)}, which look like {guess}";
        if (said is null) oddities.Note("exposure_unit_guessed", found, "a BUNIT of s or cm2 s", $"set exposure_unit in the sample table if it is not {guess}");
        else oddities.Warn("exposure_unit_doubtful", $"{found}, under BUNIT {header.Show("BUNIT")}", said, "set exposure_unit in the sample table");
    }

    private static void Keyword(FitsHeader header, PixelStatistics statistics, OddityList oddities)
    {
        if (!header.Has("EXPOSURE")) return;
        var text = header.TextOrNull("EXPOSURE") ?? header.Show("EXPOSURE");
        var differs = !FitsHeader.TryNumber(text, out var seconds) || Math.Abs(seconds - statistics.Maximum) > 0.001 * statistics.Maximum;
        if (differs)
            oddities.Note("exposure_keyword", $"EXPOSURE {header.Show("EXPOSURE")} beside a map that reaches {Show(statistics.Maximum)}", "the map's largest value", "nothing: the map is used, the keyword is unreliable");
    }

    private static void Background(FitsImage image, PixelStatistics statistics, OddityList oddities)
    {
        if (statistics.Negative > 0)
            oddities.Warn("negative_background", $"{statistics.Negative} pixels with negative background, down to {Show(statistics.Minimum)}", "0 and above", "nothing, if they are small: the model's counts are kept above 0");
        var maker = image.Header.TextOrNull("CREATOR") ?? "";
        if (maker.Contains("spline", StringComparison.OrdinalIgnoreCase))
            oddities.Warn("spline_background", $"a spline through the image itself (CREATOR {image.Header.Show("CREATOR")})", "a background that holds no light of the cluster", "use a particle background if there is one: a spline may hold some of the cluster's light");
    }

    private static string Show(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
