using System.Runtime.CompilerServices;

namespace ClusterSurvey.Physics.Sky;

/// <summary>What the shapes ask of their numbers.</summary>
internal static class ShapeArguments
{
    public static double Size(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentException($"found {value}, expected a size above 0", name);

    public static double InnerSize(double value, double outer, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && value < outer ? value : throw new ArgumentException($"found an inner size of {value}, expected one from 0 to below the outer {outer}", name);

    public static double Angle(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw new ArgumentException($"found {value}, expected an angle", name);

    public static PixelPosition Place(PixelPosition value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value.X) && double.IsFinite(value.Y) ? value : throw new ArgumentException($"found {value}, expected finite pixels", name);

    public static SkyPosition Place(SkyPosition value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value.RaDegrees) && Math.Abs(value.DecDegrees) <= 90
            ? value
            : throw new ArgumentException($"found {value}, expected a finite right ascension and a declination between -90 and 90", name);

    public static IReadOnlyList<T> Corners<T>(IReadOnlyList<T> value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is { Count: >= 3 } ? [.. value] : throw new ArgumentException($"found {value?.Count ?? 0} corners, expected at least 3", name);
}
