namespace ClusterSurvey.Activities.Report.Images;

/// <summary>
/// A colour in CIE 1976 L*a*b* (white point D65), where equal distances look about equally large. Conversions: CIE 15:2004
/// and the sRGB transfer function of IEC 61966-2-1.
/// </summary>
public readonly record struct Lab(double L, double A, double B)
{
    private const double WhiteX = 0.95047, WhiteZ = 1.08883, Delta = 6.0 / 29;

    /// <summary>The point a share of the way to another colour.</summary>
    public Lab Towards(Lab other, double share) => new(L + share * (other.L - L), A + share * (other.A - A), B + share * (other.B - B));

    /// <summary>Euclidean distance (CIE 1976 colour difference).</summary>
    public double DistanceTo(Lab other) => Math.Sqrt((L - other.L) * (L - other.L) + (A - other.A) * (A - other.A) + (B - other.B) * (B - other.B));

    /// <summary>The colour of sRGB bytes.</summary>
    public static Lab OfRgb(byte red, byte green, byte blue)
    {
        double r = Linear(red), g = Linear(green), b = Linear(blue);
        var x = Curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WhiteX);
        var y = Curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        var z = Curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WhiteZ);
        return new(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /// <summary>As sRGB bytes; a colour outside the gamut is clipped.</summary>
    public (byte Red, byte Green, byte Blue) ToRgb()
    {
        var fy = (L + 16) / 116;
        double x = WhiteX * Inverse(fy + A / 500), y = Inverse(fy), z = WhiteZ * Inverse(fy - B / 200);
        return (Byte(3.2404542 * x - 1.5371385 * y - 0.4985314 * z), Byte(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z), Byte(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
    }

    private static double Curve(double t) => t > Delta * Delta * Delta ? Math.Cbrt(t) : t / (3 * Delta * Delta) + 4.0 / 29;

    private static double Inverse(double t) => t > Delta ? t * t * t : 3 * Delta * Delta * (t - 4.0 / 29);

    private static double Linear(byte value)
    {
        var v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static byte Byte(double linear)
    {
        var v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (byte)Math.Clamp(Math.Round(255 * v), 0, 255);
    }
}
