namespace ClusterSurvey.Physics.Sky;

/// <summary>Directions from a first angle counter-clockwise to a last one; a full turn when they differ by 360 degrees or more.</summary>
/// <param name="StartDegrees">The first angle.</param>
/// <param name="StopDegrees">The last angle; below the first it counts one turn further.</param>
public readonly record struct AngleRange(double StartDegrees, double StopDegrees)
{
    /// <summary>The width of the range in degrees, above 0 and at most 360.</summary>
    public double WidthDegrees
    {
        get
        {
            var width = StopDegrees - StartDegrees;
            if (width >= 360) return 360;
            width -= 360 * Math.Floor(width / 360);
            return width == 0 ? 360 : width;
        }
    }

    /// <summary>Whether a direction lies in the range, ends included.</summary>
    public bool Contains(double degrees)
    {
        var beyond = degrees - StartDegrees;
        beyond -= 360 * Math.Floor(beyond / 360);
        return beyond <= WidthDegrees;
    }

    /// <summary>The same directions where the frame shows them.</summary>
    internal AngleRange InImage(LocalFrame frame) => frame.IsMirrored
        ? new(frame.ImageAngle(StopDegrees), frame.ImageAngle(StartDegrees))
        : new(frame.ImageAngle(StartDegrees), frame.ImageAngle(StopDegrees));
}
