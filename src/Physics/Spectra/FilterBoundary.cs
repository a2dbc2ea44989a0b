namespace ClusterSurvey.Physics.Spectra;

/// <summary>What lies beyond the edge of an image that is filtered.</summary>
public enum FilterBoundary
{
    /// <summary>Nothing, as beyond a mask: no wrap whatever the kernel. The survey's choice.</summary>
    Padded,

    /// <summary>The image again: for periodic fields whose spectrum is known.</summary>
    Periodic,
}
