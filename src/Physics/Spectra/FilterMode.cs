namespace ClusterSurvey.Physics.Spectra;

/// <summary>How the Mexican-hat power of regions is computed.</summary>
public enum FilterMode
{
    /// <summary>
    /// Short kernels in float32, wide ones on coarser grids: the power of any image within one part in a thousand of the exact one (docs/adr/0010).
    /// The survey's choice, for data and simulations alike.
    /// </summary>
    Fast,

    /// <summary>Whole kernels in float64, at the pixels of the image.</summary>
    Exact,
}
