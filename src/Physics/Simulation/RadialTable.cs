using System.Runtime.CompilerServices;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// A function of radius (or wavenumber) tabulated by its square, so that a lookup needs neither root nor logarithm:
/// 256 points per octave of the square, linear between them: for a power law square^-n the relative error is at most
/// n(n+1)/8 times 2^-16, 2e-5 for the steepest emissivity. The exponent and the leading bits of a float are the index: the table is logarithmic for free.
/// </summary>
internal sealed class RadialTable
{
    private const int MantissaBits = 8, Shift = 23 - MantissaBits;
    private const float FractionUnit = 1f / (1 << Shift);

    private readonly double[] values;
    private readonly float smallestSquare, largestSquare;
    private readonly int firstIndex;

    /// <summary>Tabulates a function between two radii; below the smaller it is constant, above the larger too.</summary>
    public RadialTable(Func<double, double> function, double smallest, double largest)
    {
        smallestSquare = (float)(smallest * smallest);
        largestSquare = (float)(largest * largest);
        firstIndex = BitConverter.SingleToInt32Bits(smallestSquare) >> Shift;
        var last = (BitConverter.SingleToInt32Bits(largestSquare) >> Shift) + 1;
        values = new double[last - firstIndex + 1];
        for (var i = 0; i < values.Length; i++)
        {
            double square = BitConverter.Int32BitsToSingle((firstIndex + i) << Shift);
            values[i] = function(Math.Sqrt(square));
        }
    }

    /// <summary>The function at the radius whose square is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(float square)
    {
        var bits = BitConverter.SingleToInt32Bits(Math.Clamp(square, smallestSquare, largestSquare));
        var index = (bits >> Shift) - firstIndex;
        double fraction = (bits & ((1 << Shift) - 1)) * FractionUnit;
        return values[index] + fraction * (values[index + 1] - values[index]);
    }
}
