using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Images;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The maps of a cluster side by side: what was observed, what of it is used, what the mean model expects, and what is left.</summary>
internal static class ClusterMapsFigure
{
    private const int ManyClusters = 24;

    public static XElement? Draw(ReportModel model, ClusterResult cluster)
    {
        if (cluster.Maps?.Value is not { } maps) return null;
        // Each page has its own maps, but a folder of many clusters holds them all.
        var side = model.Clusters.Count > ManyClusters ? 96 : 192;
        var shown = Shown(maps).Select(map => (map.Name, map.Column, Image: ReducedMap.Of(map.Image, side), map.IsSigned, map.HasBar)).ToArray();
        MapOutline[] outlines = [.. model.Regions.Where(region => region.IsAnnulusOf(model.Regions)).Select(region => new MapOutline(region.Name, region.OuterR500))];
        var drawings = shown.Select(map => new MapPlot(map.Name, map.Image, map.IsSigned ? ColourScale.Symmetric(map.Image) : ColourScale.Rising(map.Image), map.HasBar).Draw(Reduced(maps, map.Image), cluster.R500Kpc, outlines));
        var caption = $"Maps of {cluster.Name}. Residual: the surface-brightness fluctuation around the mean model ({maps.Fluctuation.Unit}), blurred for the eye, inside the largest region. Colours follow asinh of the value; masked pixels are grey. Ellipses: outer bounds of the regions.";
        return new Figure([.. drawings], caption, Data(model, cluster, maps, shown)).Draw();
    }

    private static IEnumerable<(string Name, string Column, MapImage Image, bool IsSigned, bool HasBar)> Shown(ClusterMaps maps)
    {
        if (maps.Counts is { } counts) yield return ("Counts", "counts", counts, false, true);
        if (maps.Exposure is { } exposure) yield return ("Exposure", "exposure_ks", exposure, false, true);
        if (maps.SurfaceBrightness is { } brightness) yield return ("Exposure-corrected", "counts_s_arcmin2", brightness, false, true);
        if (maps.Mask is { } mask) yield return ("Mask: the pixels that are used", "used", mask, false, false);
        if (maps.MeanModel is { } model) yield return ("Mean model", "mean_model_counts", model, false, true);
        yield return ("Residual", "fluctuation", maps.Fluctuation, true, true);
    }

    // The ellipse in pixels of a reduced image.
    private static ClusterMaps Reduced(ClusterMaps maps, MapImage image)
    {
        var block = (maps.Fluctuation.Width + image.Width - 1) / image.Width;
        return block == 1 ? maps : maps with
        {
            PixelR500 = block * maps.PixelR500,
            Ellipse = maps.Ellipse with { CentreX = (maps.Ellipse.CentreX + 0.5) / block - 0.5, CentreY = (maps.Ellipse.CentreY + 0.5) / block - 0.5 },
        };
    }

    private static DataTable Data(ReportModel model, ClusterResult cluster, ClusterMaps maps, (string Name, string Column, MapImage Image, bool IsSigned, bool HasBar)[] shown)
    {
        var (grid, first) = (Reduced(maps, shown[0].Image), shown[0].Image);
        var rows = new object[first.Values.Length][];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = [(i % first.Width - grid.Ellipse.CentreX) * grid.PixelR500, (i / first.Width - grid.Ellipse.CentreY) * grid.PixelR500, .. shown.Select(map => (object)(map.Image.Usable[i] ? map.Image.Values[i] : double.NaN))];
        return new DataTable($"maps-{model.Names.Cluster(cluster.Name)}.csv", ["x_r500", "y_r500", .. shown.Select(map => map.Column)], rows);
    }
}
