namespace ClusterSurvey.Activities.Report.Images;

/// <summary>A path through L*a*b* by straight pieces, walked at even speed: equal steps of value look equally large.</summary>
public sealed class ColourMap
{
    private readonly Lab[] stops;
    private readonly double[] at;

    private ColourMap(params Lab[] stops)
    {
        this.stops = stops;
        at = new double[stops.Length];
        for (var i = 1; i < stops.Length; i++) at[i] = at[i - 1] + stops[i - 1].DistanceTo(stops[i]);
        var length = at[^1];
        for (var i = 1; i < stops.Length; i++) at[i] /= length;
    }

    /// <summary>Blue through near-white to vermilion, both ends equally dark and equally far from the middle; told apart with any colour vision.</summary>
    public static ColourMap Diverging { get; } = new(new Lab(36, 14, -48), new Lab(96, 0, 0), new Lab(36, 43.3, 25.5));

    /// <summary>Dark blue through green-grey to pale yellow, lightness rising all the way.</summary>
    public static ColourMap Sequential { get; } = new(new Lab(12, 8, -28), new Lab(52, -14, -4), new Lab(94, -6, 44));

    /// <summary>The colour at a fraction between 0 and 1.</summary>
    public Lab At(double fraction)
    {
        fraction = Math.Clamp(fraction, 0, 1);
        var piece = 1;
        while (piece < at.Length - 1 && at[piece] < fraction) piece++;
        return stops[piece - 1].Towards(stops[piece], (fraction - at[piece - 1]) / (at[piece] - at[piece - 1]));
    }
}
