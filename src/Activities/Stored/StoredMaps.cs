using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Activities.Stored;

/// <summary>The maps of a cluster at working resolution, as an artifact (an .npz bundle), with what was odd about the native ones.</summary>
public sealed record StoredMaps(MapSet Maps, IReadOnlyList<string> Findings)
{
    public const string Kind = "map-set";

    private const string BeforeHoles = "mask_before_holes";

    public Artifact Save(ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        int[] shape = [Maps.Height, Maps.Width];
        var bundle = new ArrayBundle
        {
            Metadata = new JsonObject
            {
                ["name"] = Maps.Name, ["redshift"] = Maps.Redshift, ["r500_kpc"] = Maps.R500Kpc, ["pixel_r500"] = Maps.PixelR500,
                ["centre_x"] = Maps.CentreX, ["centre_y"] = Maps.CentreY, ["column_density_cm2"] = Maps.ColumnDensityCm2,
                ["findings"] = new JsonArray([.. Findings.Select(finding => JsonValue.Create(finding))]),
            },
        };
        bundle.Add("counts", Maps.Counts, shape).Add("exposure_s_kpc2", Maps.Exposure, shape)
            .Add("background", Maps.Background, shape).Add("mask", Maps.Mask, shape);
        if (Maps.MaskBeforeHoles is { } before) bundle.Add(BeforeHoles, before, shape);
        return store.Save(Kind, 1, bundle.Write);
    }

    public static StoredMaps Load(ArtifactStore store, Artifact artifact)
    {
        var bundle = store.LoadBundle(artifact, Kind);
        var about = bundle.Metadata;
        double Number(string name) => about[name]!.GetValue<double>();
        var shape = bundle.Shape("counts");
        var maps = new MapSet
        {
            Name = about["name"]!.GetValue<string>(),
            Width = shape[1],
            Height = shape[0],
            Counts = bundle.Doubles("counts"),
            Exposure = bundle.Doubles("exposure_s_kpc2"),
            Background = bundle.Doubles("background"),
            Mask = bundle.Booleans("mask"),
            MaskBeforeHoles = bundle.Contains(BeforeHoles) ? bundle.Booleans(BeforeHoles) : null,
            ColumnDensityCm2 = Number("column_density_cm2"),
            PixelR500 = Number("pixel_r500"),
            R500Kpc = Number("r500_kpc"),
            Redshift = Number("redshift"),
            CentreX = Number("centre_x"),
            CentreY = Number("centre_y"),
        };
        return new StoredMaps(maps, [.. about["findings"]!.AsArray().Select(finding => finding!.GetValue<string>())]);
    }
}
