namespace ClusterSurvey.Physics.Sky;

/// <summary>Coordinates along the two axes of a shape that is turned counter-clockwise about its centre.</summary>
internal readonly record struct TurnedAxes
{
    private readonly PixelPosition centre;
    private readonly double sin, cos;

    public TurnedAxes(PixelPosition centre, double angleDegrees)
    {
        this.centre = centre;
        (sin, cos) = Math.SinCos(double.DegreesToRadians(angleDegrees));
    }

    /// <summary>Distances of a point from the centre along the first and the second axis.</summary>
    public (double Along, double Across) Of(PixelPosition point)
    {
        double dx = point.X - centre.X, dy = point.Y - centre.Y;
        return (dx * cos + dy * sin, dy * cos - dx * sin);
    }
}
