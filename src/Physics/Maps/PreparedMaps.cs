namespace ClusterSurvey.Physics.Maps;

/// <summary>Maps at working resolution with the account of how they were made.</summary>
/// <param name="Maps">The maps.</param>
/// <param name="Window">Where they lie on the native grid.</param>
/// <param name="Findings">What was odd about the native maps inside the window; empty when nothing was.</param>
public sealed record PreparedMaps(MapSet Maps, PixelWindow Window, IReadOnlyList<MapFinding> Findings);
