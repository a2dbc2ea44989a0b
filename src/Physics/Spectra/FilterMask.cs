namespace ClusterSurvey.Physics.Spectra;

/// <summary>Which mask the filter sees when a region's power is measured.</summary>
public enum FilterMask
{
    /// <summary>The region's own pixels: nothing leaks in from a bright core. The survey's choice, for absolute maps.</summary>
    Region,

    /// <summary>Every allowed pixel; the region only selects the pixels that are averaged. For ratio maps.</summary>
    Full,
}
