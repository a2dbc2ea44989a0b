using System.Globalization;
using ClusterSurvey.Activities.Fits;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>What is unusual about the header of an image.</summary>
internal static class HeaderOddities
{
    private const int LongHeader = 100, LongText = 1000;

    private static readonly string[] KnownUnits =
        ["counts", "count", "ct", "cts", "photon", "photons", "adu", "s", "sec", "second", "seconds", "ks", "cm**2 s", "cm^2 s", "cm2 s", "s cm**2", "s cm^2", "s cm2", "cm-2", "cm**-2", "cm^-2", "atoms/cm2"];

    public static void Find(FitsImage image, MapRole role, OddityList oddities)
    {
        var header = image.Header;
        if (role != MapRole.Mask) Unit(header, oddities);
        System(header, oddities);
        Projection(image, oddities);
        Storage(image, oddities);
        Length(header, oddities);
        if (image.Width != image.Height) oddities.Note("not_square", $"{image.Width} x {image.Height} pixels", "as many columns as rows", "nothing: NAXIS1 is x");
    }

    private static void Unit(FitsHeader header, OddityList oddities)
    {
        var unit = header.TextOrNull("BUNIT")?.Trim();
        if (string.IsNullOrEmpty(unit))
            oddities.Note("missing_unit", header.Has("BUNIT") ? "a blank BUNIT" : "no BUNIT", "the unit of the pixels", "nothing, if it is the usual one; for an exposure map, exposure_unit in the sample table says it");
        else if (!KnownUnits.Contains(unit.ToLowerInvariant()))
            oddities.Warn("junk_unit", $"BUNIT {header.Show("BUNIT")}, which is no unit of counts or exposure", "counts, s or cm2 s", "nothing, if it is the usual one: BUNIT is not believed; for an exposure map, exposure_unit in the sample table says it");
    }

    private static void System(FitsHeader header, OddityList oddities)
    {
        if (!FitsWcs.IsIn(header)) return;
        if (header.Has("RADECSYS"))
            oddities.Note("obsolete_radecsys", $"RADECSYS {header.Show("RADECSYS")}{(header.Has("RADESYS") ? $" beside RADESYS {header.Show("RADESYS")}" : "")}", "RADESYS", "nothing: it is read as RADESYS");
        if (!header.Has("RADECSYS") && !header.Has("RADESYS")) oddities.Note("missing_radesys", "neither RADESYS nor RADECSYS", "FK5 or ICRS", "nothing: J2000 is taken");
        if (!header.Has("EQUINOX")) oddities.Note("missing_equinox", "no EQUINOX", "2000", "nothing: J2000 is taken");
        else if (header.TextOrNull("EQUINOX") is not null) oddities.Note("equinox_as_text", $"EQUINOX {header.Show("EQUINOX")} as a text", "a number", "nothing: it is read as one");
    }

    private static void Projection(FitsImage image, OddityList oddities)
    {
        try
        {
            var header = image.Header;
            var wcs = image.ReadWcs();
            if (wcs.IsMirrored) oddities.Note("mirrored", "east to the right of north", "east to the left", "nothing: positions are read from the projection");
            if (Math.Abs(wcs.RotationDegrees) > 0.01) oddities.Note("rotated", string.Create(CultureInfo.InvariantCulture, $"north turned by {wcs.RotationDegrees:F3} degrees"), "north up", "nothing: positions are read from the projection");
            if (FitsWcs.ReadPhysical(header) is { } physical)
                oddities.Note(
                    "physical_coordinates", string.Create(CultureInfo.InvariantCulture, $"a second, physical coordinate system ({1 / physical.Scale:G6} physical pixels per pixel)"), "one coordinate system",
                    "nothing: region files in physical coordinates are read with it");
        }
        catch (FitsException failure)
        {
            oddities.Error(FitsWcs.IsIn(image.Header) ? "unsupported_wcs" : "missing_wcs", failure);
        }
    }

    private static void Storage(FitsImage image, OddityList oddities)
    {
        var header = image.Header;
        if (header.NumberOrNull("BSCALE") is not (null or 1) || header.NumberOrNull("BZERO") is not (null or 0))
            oddities.Note("scaled_pixels", $"pixels stored with BSCALE {header.Show("BSCALE")} and BZERO {header.Show("BZERO")}", "pixels stored as they are", "nothing: they are scaled when read");
        if (header.Has("BLANK"))
            oddities.Note("blank_value", $"BLANK {header.Show("BLANK")}{(image.Hdu.BitsPerPixel < 0 ? ", which means nothing for floating-point pixels" : "")}", "no blank pixels", "nothing: blank pixels are NaN and are masked");
    }

    private static void Length(FitsHeader header, OddityList oddities)
    {
        if (header.Records > LongHeader) oddities.Note("long_header", $"a header of {header.Records} cards", $"at most {LongHeader}", "nothing");
        var longest = header.Cards.MaxBy(card => card.Value.Length);
        if (longest.Value?.Length > LongText)
            oddities.Note("long_text", $"a text of {longest.Value.Length} characters in {Shown(longest.Keyword)}, continued over cards", "texts that fit a card", "nothing: CONTINUE is read");
    }

    private static string Shown(string keyword) => string.Concat(keyword.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '?'));
}
