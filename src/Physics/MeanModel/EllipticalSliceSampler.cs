using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Elliptical slice sampling (Murray, Adams and MacKay 2010) around a Student t distribution (Nishihara, Murray and Adams 2014): each step draws an
/// ellipse through the present place and shrinks an angle until the ratio of density and approximation clears a level. Nothing to tune, no
/// gradient; the heavy tails keep the chain from sticking where the approximation is too narrow.
/// </summary>
internal sealed class EllipticalSliceSampler
{
    private const int DegreesOfFreedom = 12;

    private readonly Func<double[], double> logDensity;
    private readonly NormalApproximation approximation;
    private readonly RandomStream stream;
    private readonly double[] velocity;
    private double[] whitened, trial;
    private double logRatio;

    /// <param name="logDensity">Log density to draw from; minus infinity where it is zero.</param>
    /// <param name="approximation">Normal approximation of it.</param>
    /// <param name="place">Where the chain begins.</param>
    /// <param name="stream">Random numbers.</param>
    public EllipticalSliceSampler(Func<double[], double> logDensity, NormalApproximation approximation, double[] place, RandomStream stream)
    {
        (this.logDensity, this.approximation, this.stream) = (logDensity, approximation, stream);
        (trial, velocity) = (new double[place.Length], new double[place.Length]);
        whitened = approximation.Factor.SolveLower([.. place.Zip(approximation.Mean, (x, mean) => x - mean)]);
        logRatio = LogRatio(whitened);
    }

    /// <summary>The chain goes on from its present place around another approximation.</summary>
    public EllipticalSliceSampler Around(NormalApproximation other) => new(logDensity, other, Place(whitened), stream);

    /// <summary>Moves once and returns the new place.</summary>
    public double[] Step()
    {
        DrawVelocity();
        var level = logRatio + Math.Log(stream.NextDouble());
        var angle = 2 * Math.PI * stream.NextDouble();
        var (low, high) = (angle - 2 * Math.PI, angle);
        while (true)
        {
            var (sin, cos) = Math.SinCos(angle);
            for (var i = 0; i < trial.Length; i++) trial[i] = whitened[i] * cos + velocity[i] * sin;
            var ratio = LogRatio(trial);
            // The bracket shrinks onto the present place, where the level is cleared.
            if (ratio > level || high - low < 1e-9)
            {
                (whitened, trial) = (trial, whitened);
                logRatio = ratio;
                return Place(whitened);
            }
            if (angle < 0) low = angle;
            else high = angle;
            angle = low + (high - low) * stream.NextDouble();
        }
    }

    // Given the place, the t distribution is a normal one of random variance (nu + z^2) / chi^2 with nu + dimension degrees of freedom.
    private void DrawVelocity()
    {
        var chiSquare = 0.0;
        for (var i = 0; i < DegreesOfFreedom + whitened.Length; i++) chiSquare += Math.Pow(stream.NextNormal(), 2);
        var deviation = Math.Sqrt((DegreesOfFreedom + Square(whitened)) / chiSquare);
        for (var i = 0; i < velocity.Length; i++) velocity[i] = deviation * stream.NextNormal();
    }

    // ln of the density over the t distribution.
    private double LogRatio(double[] standard)
    {
        var value = logDensity(Place(standard)) + (DegreesOfFreedom + standard.Length) / 2.0 * Math.Log(1 + Square(standard) / DegreesOfFreedom);
        return double.IsNaN(value) ? double.NegativeInfinity : value;
    }

    private static double Square(double[] standard)
    {
        var square = 0.0;
        foreach (var z in standard) square += z * z;
        return square;
    }

    private double[] Place(double[] standard)
    {
        var place = approximation.Factor.Multiply(standard);
        for (var i = 0; i < place.Length; i++) place[i] += approximation.Mean[i];
        return place;
    }
}
