namespace ClusterSurvey.Activities.Samples;

/// <summary>The names that files have in the releases of X-COP (mosaics) and CHEX-MATE (pipeline products in the 0.7-1.2 keV band).</summary>
internal static class ReleaseLayout
{
    public const string MosaicStart = "mosaic_";
    public const string MosaicExposure = "_expo";
    public const string MosaicBackground = "_bkg";
    public const string BandFolder = "images_700_1200";
    public const string BandCounts = "epic-obj-im-700-1200";
    public const string BandExposure = "epic-exp-im-700-1200";
    public const string BandBackground = "epic-back-tot-sp-700-1200";
    public const string BandRegionFolder = "regions";

    public static string ColumnDensity(string cluster) => $"{cluster}_nh";

    /// <summary>Source lists of a mosaic: the cluster's own first, then the one that a folder of one cluster has.</summary>
    public static string[] MosaicSources(string cluster) => [$"{cluster}_src_ps.reg", "src_ps.reg"];

    public static string BandSources(string cluster) => $"srclist_{cluster}.reg";
}
