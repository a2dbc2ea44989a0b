namespace ClusterSurvey.Physics.Maps;

/// <summary>What can be odd about native maps inside the window that is used.</summary>
public enum MapFindingKind
{
    /// <summary>Counts that are NaN or infinite.</summary>
    NonFiniteCounts,

    /// <summary>Counts below 0.</summary>
    NegativeCounts,

    /// <summary>Counts that are no whole number, rounded.</summary>
    FractionalCountsRounded,

    /// <summary>Counts that are no whole number, kept.</summary>
    FractionalCountsKept,

    /// <summary>Exposure that is NaN or infinite.</summary>
    NonFiniteExposure,

    /// <summary>Exposure below 0 (often a sentinel such as -999).</summary>
    NegativeExposure,

    /// <summary>Counts where the exposure is 0.</summary>
    CountsWithoutExposure,

    /// <summary>Background that is NaN or infinite.</summary>
    NonFiniteBackground,

    /// <summary>Background below 0.</summary>
    NegativeBackground,

    /// <summary>Column density below 0, NaN or infinite.</summary>
    BadColumnDensity,

    /// <summary>Exposure far below that of the other pixels.</summary>
    FaintExposure,

    /// <summary>Pixels of the window outside the native map.</summary>
    BeyondMap,
}
