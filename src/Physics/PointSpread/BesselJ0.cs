namespace ClusterSurvey.Physics.PointSpread;

/// <summary>
/// The Bessel function J0 of real arguments to 1e-9: below 12 its power series, above Hankel's asymptotic one (Abramowitz and Stegun 1964, 9.1.10 and 9.2.5).
/// Many
/// times faster than one that serves complex orders.
/// </summary>
internal static class BesselJ0
{
    private const double Border = 12;
    private const int AsymptoticTerms = 10;

    public static double At(double x) => Math.Abs(x) < Border ? Series(x * x / 4) : Asymptotic(Math.Abs(x));

    // sum_k (-x^2/4)^k / (k!)^2
    private static double Series(double quarterSquare)
    {
        double term = 1, sum = 1;
        for (var k = 1; Math.Abs(term) > 1e-12; k++)
        {
            term *= -quarterSquare / (k * k);
            sum += term;
        }
        return sum;
    }

    // sqrt(2/(pi x)) (P cos(x - pi/4) - Q sin(x - pi/4)), P of the terms of even k and Q of those of odd k; term k is that before it times (2k - 1)^2 / (8 x
    // k).
    private static double Asymptotic(double x)
    {
        double p = 1, q = 0, term = 1;
        for (var k = 1; k <= AsymptoticTerms; k++)
        {
            term *= (2 * k - 1) * (2 * k - 1) / (8 * x * k);
            var signed = (k / 2 & 1) == 0 ? term : -term;
            if ((k & 1) == 0) p += signed;
            else q -= signed;
        }
        var (sin, cos) = Math.SinCos(x - Math.PI / 4);
        return Math.Sqrt(2 / (Math.PI * x)) * (p * cos - q * sin);
    }
}
