namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Squared elliptical radius as a quadratic form whose matrix is the exponential of the traceless [[a, b], [b, -a]]:
/// rho^2 = cosh(lambda) (x^2 + y^2) + sinh(lambda)/lambda (a (x^2 - y^2) + 2 b x y), lambda^2 = a^2 + b^2. The same as <see cref="Ellipse"/>
/// with a = lambda cos 2 angle, b = -lambda sin 2 angle, exp(-2 lambda) = 1 - e^2, and smooth at the circle.
/// </summary>
internal readonly struct ShearedRadius
{
    private readonly double a, b, cosh, sinhc, sinhcSlope;

    public ShearedRadius(double a, double b)
    {
        (this.a, this.b) = (a, b);
        var square = a * a + b * b;
        var lambda = Math.Sqrt(square);
        cosh = Math.Cosh(lambda);
        // The series serves where the quotients lose digits.
        sinhc = lambda < 1e-3 ? 1 + square / 6 : Math.Sinh(lambda) / lambda;
        sinhcSlope = lambda < 1e-3 ? 1.0 / 3 + square / 30 : (cosh - sinhc) / square;
    }

    public double Squared(double x, double y) => Math.Max(0, cosh * (x * x + y * y) + sinhc * Quadrupole(x, y));

    public double ByFirst(double x, double y) => a * sinhc * (x * x + y * y) + a * sinhcSlope * Quadrupole(x, y) + sinhc * (x * x - y * y);

    public double BySecond(double x, double y) => b * sinhc * (x * x + y * y) + b * sinhcSlope * Quadrupole(x, y) + sinhc * 2 * x * y;

    public double ByX(double x, double y) => 2 * (cosh * x + sinhc * (a * x + b * y));

    public double ByY(double x, double y) => 2 * (cosh * y + sinhc * (b * x - a * y));

    private double Quadrupole(double x, double y) => a * (x * x - y * y) + 2 * b * x * y;
}
