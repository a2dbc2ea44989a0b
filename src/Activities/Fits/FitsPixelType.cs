namespace ClusterSurvey.Activities.Fits;

/// <summary>How pixels are stored; the values are those of BITPIX.</summary>
public enum FitsPixelType
{
    Float64 = -64,
    Float32 = -32,
    Int16 = 16,
    Int32 = 32,
}
