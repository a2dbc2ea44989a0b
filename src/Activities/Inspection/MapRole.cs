namespace ClusterSurvey.Activities.Inspection;

/// <summary>What an image is to a survey.</summary>
public enum MapRole
{
    Unknown,
    Counts,
    Exposure,
    Background,
    Mask,
    ColumnDensity,
}

/// <summary>Tells the role of a file from its name, as X-COP, CHEX-MATE, the XMM pipeline and ESAS name their files.</summary>
internal static class MapRoles
{
    public static MapRole FromName(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        if (Has(name, "exp")) return MapRole.Exposure;
        if (Has(name, "back", "bkg", "bgd")) return MapRole.Background;
        if (Has(name, "mask", "cheese")) return MapRole.Mask;
        if (Has(name, "_nh.", "nhmap")) return MapRole.ColumnDensity;
        return Has(name, "count", "image", "mosaic_", "obj-im", "img") ? MapRole.Counts : MapRole.Unknown;
    }

    private static bool Has(string name, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts) if (name.Contains(part, StringComparison.Ordinal)) return true;
        return false;
    }
}
