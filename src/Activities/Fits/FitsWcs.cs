using System.Globalization;
using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// Reads and writes the world coordinate keywords of an image (Greisen and Calabretta 2002; Calabretta and Greisen 2002).
/// Supported: right ascension and declination in TAN, in ICRS or FK5 J2000, with CDELT (and CROTA2), CD or PC. Everything
/// else is refused by name; nothing is assumed where a keyword is missing.
/// </summary>
public static class FitsWcs
{
    // A pixel that is further from a square than this would turn circles into visible ellipses.
    private const double SquareTolerance = 2e-3;

    /// <summary>Whether the header says anything about the sky.</summary>
    public static bool IsIn(FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Has("CTYPE1") || header.Has("CRVAL1");
    }

    /// <exception cref="FitsException">A keyword is missing, or asks for something that is not supported.</exception>
    public static Wcs Read(FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        RequireTangentPlane(header);
        RequireSupportedSystem(header);
        double unitX = UnitDegrees(header, "CUNIT1"), unitY = UnitDegrees(header, "CUNIT2");
        var matrix = Matrix(header);
        matrix = new(matrix.Xx * unitX, matrix.Xy * unitX, matrix.Yx * unitY, matrix.Yy * unitY);
        RequireSquarePixels(header, matrix);
        var reference = new SkyPosition(header.Number("CRVAL1") * unitX, header.Number("CRVAL2") * unitY);
        if (!(Math.Abs(reference.DecDegrees) <= 90)) throw header.Wrong("CRVAL2", "a declination between -90 and 90 degrees");
        RequireDefaultPole(header, reference);
        return new Wcs(reference, new(header.Number("CRPIX1") - 1, header.Number("CRPIX2") - 1), matrix);
    }

    /// <summary>The keywords that make <see cref="Read"/> return the projection.</summary>
    public static IReadOnlyList<FitsCard> Write(Wcs wcs)
    {
        ArgumentNullException.ThrowIfNull(wcs);
        var m = wcs.Matrix;
        var upright = m.Xy == 0 && m.Yx == 0;
        FitsCard[] scale = upright
            ? [FitsCard.OfNumber("CDELT1", m.Xx), FitsCard.OfNumber("CDELT2", m.Yy)]
            : [FitsCard.OfNumber("CD1_1", m.Xx), FitsCard.OfNumber("CD1_2", m.Xy), FitsCard.OfNumber("CD2_1", m.Yx), FitsCard.OfNumber("CD2_2", m.Yy)];
        return
        [
            FitsCard.OfText("CTYPE1", "RA---TAN"), FitsCard.OfText("CTYPE2", "DEC--TAN"), FitsCard.OfText("CUNIT1", "deg"), FitsCard.OfText("CUNIT2", "deg"),
            FitsCard.OfNumber("CRPIX1", wcs.ReferencePixel.X + 1), FitsCard.OfNumber("CRPIX2", wcs.ReferencePixel.Y + 1),
            FitsCard.OfNumber("CRVAL1", wcs.Reference.RaDegrees), FitsCard.OfNumber("CRVAL2", wcs.Reference.DecDegrees),
            .. scale, FitsCard.OfText("RADESYS", "ICRS"),
        ];
    }

    /// <summary>
    /// The physical coordinates of the image, from LTM and LTV or from an alternative system named PHYSICAL (CRPIX1P and so
    /// on); none when the header has neither.
    /// </summary>
    /// <exception cref="FitsException">They are turned, mirrored or stretched.</exception>
    public static PhysicalPixels? ReadPhysical(FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Has("LTV1") || header.Has("LTM1_1")) return FromIraf(header);
        for (var letter = 'A'; letter <= 'Z'; letter++)
            if (header.TextOrNull($"WCSNAME{letter}")?.ToUpperInvariant() == "PHYSICAL" && header.Has($"CRVAL1{letter}")) return FromAlternative(header, letter);
        return null;
    }

    private static void RequireTangentPlane(FitsHeader header)
    {
        foreach (var (keyword, wanted) in (ReadOnlySpan<(string, string)>)[("CTYPE1", "RA---TAN"), ("CTYPE2", "DEC--TAN")])
            if (header.TextOrNull(keyword)?.Trim() != wanted)
                throw header.Wrong(keyword, $"'{wanted}'", header.Has(keyword)
                    ? "reproject the image to TAN in right ascension and declination"
                    : "write the projection of the image into its header; a pixel size is never assumed");
        foreach (var card in header.Cards)
            if (card.Keyword.StartsWith("PV2_", StringComparison.Ordinal) && !card.IsText && FitsHeader.TryNumber(card.Value, out var value) && value != 0)
                throw header.Wrong(card.Keyword, "TAN without distortion terms", "reproject the image to plain TAN");
    }

    private static void RequireSupportedSystem(FitsHeader header)
    {
        var keyword = header.Has("RADESYS") ? "RADESYS" : header.Has("RADECSYS") ? "RADECSYS" : null;
        var system = keyword is null ? null : header.TextOrNull(keyword)?.Trim().ToUpperInvariant();
        if (keyword is not null && system is not ("FK5" or "ICRS" or "")) throw header.Wrong(keyword, "'FK5' or 'ICRS'", "precess the image to J2000");
        var year = header.Has("EQUINOX") ? "EQUINOX" : header.Has("EPOCH") ? "EPOCH" : null;
        if (year is null || system == "ICRS") return;
        var equinox = Equinox(header, year);
        // EPOCH was also used for the date of the observation: only a Besselian equinox is believed of it.
        var wrong = year == "EQUINOX" ? Math.Abs(equinox - 2000) > 0.01 : equinox == 1950 && system is null;
        if (wrong) throw header.Wrong(year, "2000", "precess the image to J2000");
    }

    private static double Equinox(FitsHeader header, string keyword)
    {
        var text = header.TextOrNull(keyword)?.Trim().TrimStart('J', 'j');
        if (text is null) return header.Number(keyword);
        return FitsHeader.TryNumber(text, out var year) ? year : throw header.Wrong(keyword, "a year");
    }

    private static double UnitDegrees(FitsHeader header, string keyword) => header.TextOrNull(keyword)?.Trim().ToLowerInvariant() switch
    {
        null or "" or "deg" or "degree" or "degrees" => 1,
        "arcmin" => 1.0 / 60,
        "arcsec" => 1.0 / 3600,
        "rad" => 180 / Math.PI,
        _ => throw header.Wrong(keyword, "deg, arcmin, arcsec or rad"),
    };

    private static PixelMatrix Matrix(FitsHeader header)
    {
        if (HasAny(header, "CD"))
            return new(header.NumberOrNull("CD1_1") ?? 0, header.NumberOrNull("CD1_2") ?? 0, header.NumberOrNull("CD2_1") ?? 0, header.NumberOrNull("CD2_2") ?? 0);
        double deltaX = Delta(header, "CDELT1"), deltaY = Delta(header, "CDELT2");
        return HasAny(header, "PC")
            ? new(deltaX * (header.NumberOrNull("PC1_1") ?? 1), deltaX * (header.NumberOrNull("PC1_2") ?? 0), deltaY * (header.NumberOrNull("PC2_1") ?? 0), deltaY * (header.NumberOrNull("PC2_2") ?? 1))
            : PixelMatrix.FromRotation(deltaX, deltaY, header.NumberOrNull("CROTA2") ?? 0);
    }

    private static bool HasAny(FitsHeader header, string kind) => header.Has(kind + "1_1") || header.Has(kind + "1_2") || header.Has(kind + "2_1") || header.Has(kind + "2_2");

    private static double Delta(FitsHeader header, string keyword)
    {
        var delta = header.Has(keyword) ? header.Number(keyword) : throw header.Wrong(keyword, "the size of a pixel", "write it into the header; it is never assumed");
        return delta != 0 ? delta : throw header.Wrong(keyword, "a pixel size other than 0");
    }

    private static void RequireSquarePixels(FitsHeader header, PixelMatrix matrix)
    {
        var defect = matrix.SquareDefect;
        if (!double.IsNormal(matrix.Determinant) || !(defect <= SquareTolerance))
            throw new FitsException(
                header.File, header.Hdu, HasAny(header, "CD") ? "CD" : "CDELT", string.Create(CultureInfo.InvariantCulture, $"pixels that differ from squares by {defect:G3}"),
                $"square pixels, within {SquareTolerance}", "resample the image to square pixels");
    }

    private static void RequireDefaultPole(FitsHeader header, SkyPosition reference)
    {
        // Calabretta and Greisen 2002, section 2.2: the default is 180 degrees, but 0 at the pole itself.
        var pole = header.NumberOrNull("LONPOLE") ?? (reference.DecDegrees < 90 ? 180 : 0);
        if (Math.Abs(pole - 180) > 1e-9) throw header.Wrong("LONPOLE", "180", "reproject the image with the usual pole");
    }

    private static PhysicalPixels FromIraf(FitsHeader header)
    {
        double scaleX = header.NumberOrNull("LTM1_1") ?? 1, scaleY = header.NumberOrNull("LTM2_2") ?? 1;
        if (header.NumberOrNull("LTM1_2") is not (null or 0)) throw header.Wrong("LTM1_2", "0");
        if (header.NumberOrNull("LTM2_1") is not (null or 0)) throw header.Wrong("LTM2_1", "0");
        if (!IsUniform(scaleX, scaleY)) throw header.Wrong("LTM1_1", $"a scale above 0, the same as LTM2_2 ({header.Show("LTM2_2")})");
        return new(scaleX, header.NumberOrNull("LTV1") ?? 0, header.NumberOrNull("LTV2") ?? 0);
    }

    private static PhysicalPixels FromAlternative(FitsHeader header, char letter)
    {
        double deltaX = header.NumberOrNull($"CDELT1{letter}") ?? 1, deltaY = header.NumberOrNull($"CDELT2{letter}") ?? 1;
        if (!IsUniform(deltaX, deltaY)) throw header.Wrong($"CDELT1{letter}", $"a step above 0, the same as CDELT2{letter} ({header.Show($"CDELT2{letter}")})");
        return new(
            1 / deltaX, header.Number($"CRPIX1{letter}") - header.Number($"CRVAL1{letter}") / deltaX, header.Number($"CRPIX2{letter}") - header.Number($"CRVAL2{letter}") / deltaX);
    }

    private static bool IsUniform(double x, double y) => x > 0 && double.IsNormal(x) && double.IsNormal(1 / x) && Math.Abs(x - y) <= 1e-6 * x;
}
