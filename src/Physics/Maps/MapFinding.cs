namespace ClusterSurvey.Physics.Maps;

/// <summary>One oddity met while maps were prepared, and what was done about it.</summary>
/// <param name="Kind">What was met.</param>
/// <param name="Pixels">Native pixels concerned.</param>
/// <param name="Amount">The counts (or exposure, or column density) concerned: the sum over these pixels of what was dropped or changed; 0 where it has no meaning.</param>
public readonly record struct MapFinding(MapFindingKind Kind, int Pixels, double Amount)
{
    /// <summary>The finding as a sentence.</summary>
    public string Describe() => Kind switch
    {
        MapFindingKind.NonFiniteCounts => $"{Pixels} pixels have counts that are not finite: masked",
        MapFindingKind.NegativeCounts => $"{Pixels} pixels have negative counts: raised to 0, {Amount:g6} counts added",
        MapFindingKind.FractionalCountsRounded => $"{Pixels} pixels have fractional counts: rounded, {Amount:g6} counts added in sum",
        MapFindingKind.FractionalCountsKept => $"{Pixels} pixels have fractional counts: kept",
        MapFindingKind.NonFiniteExposure => $"{Pixels} pixels have an exposure that is not finite: masked",
        MapFindingKind.NegativeExposure => $"{Pixels} pixels have a negative exposure: masked",
        MapFindingKind.CountsWithoutExposure => $"{Pixels} pixels hold {Amount:g6} counts where there is no exposure: masked",
        MapFindingKind.NonFiniteBackground => $"{Pixels} pixels have a background that is not finite: masked",
        MapFindingKind.NegativeBackground => $"{Pixels} pixels have a negative background: raised to 0, {Amount:g6} counts added",
        MapFindingKind.BadColumnDensity => $"{Pixels} pixels have a column density that is negative or not finite: left out of the mean",
        MapFindingKind.FaintExposure => $"{Pixels} pixels with {Amount:g6} counts have an exposure far below the median: masked",
        MapFindingKind.BeyondMap => $"{Pixels} pixels of the window lie beyond the map: masked",
        _ => throw new InvalidOperationException($"finding {Kind} has no sentence"),
    };
}
