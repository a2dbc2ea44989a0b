using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Stored;

/// <summary>A region that a cluster cannot have, and why.</summary>
public sealed record DroppedRegion(string Name, string Reason);

/// <summary>The regions of one cluster as an artifact: the pixels of each, the elliptical radius that defines them, and the scales.</summary>
public sealed record StoredRegions(
    IReadOnlyList<RadialRegion> Regions, IReadOnlyList<bool[]> Pixels, double[] EllipticalRadius, double[] ScalesR500,
    IReadOnlyList<DroppedRegion> Dropped)
{
    public const string Kind = "regions";

    /// <summary>What is measured of an image of this cluster.</summary>
    public SpectrumDesign Design(FilterMask filterMask, FilterMode filter) => new()
    {
        RegionNames = [.. Regions.Select(region => region.Name)], RegionPixels = Pixels, ScalesR500 = ScalesR500, FilterMask = filterMask,
        Filter = filter,
    };

    /// <summary>The same cluster with some of its regions alone, in the order in which they are named.</summary>
    public StoredRegions Only(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        int[] kept = [.. names.Select(name => Regions.Select(region => region.Name).ToList().IndexOf(name))];
        return this with { Regions = [.. kept.Select(i => Regions[i])], Pixels = [.. kept.Select(i => Pixels[i])] };
    }

    /// <summary>The same regions drawn about other elliptical radii. One that would have too few pixels stays where it is.</summary>
    /// <param name="radius">Elliptical radius of each pixel, R500.</param>
    /// <param name="mask">True where a pixel may be used.</param>
    public StoredRegions About(double[] radius, bool[] mask) => this with
    {
        EllipticalRadius = radius,
        Pixels = [.. Regions.Select((region, i) => region.Pixels(radius, mask) is var pixels && pixels.Count(inside => inside) >= RegionSpectra.FewestPixels ? pixels : Pixels[i])],
    };

    /// <summary>All that says what is measured in a region: its radii, its pixels by their hash, and the scales.</summary>
    public JsonObject Identity(int region) => new()
    {
        ["Region"] = new JsonObject
        {
            ["inner"] = Regions[region].Inner, ["outer"] = Regions[region].Outer,
            ["pixels"] = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<bool>(Pixels[region])))[..16],
        },
        ["Scales"] = SurveyJson.ToNode(ScalesR500),
    };

    public Artifact Save(ArtifactStore store, int width)
    {
        ArgumentNullException.ThrowIfNull(store);
        int[] shape = [EllipticalRadius.Length / width, width];
        var bundle = new ArrayBundle
        {
            Metadata = new JsonObject { ["regions"] = SurveyJson.ToNode(Regions), ["dropped"] = SurveyJson.ToNode(Dropped) },
        };
        bundle.Add("elliptical_radius_r500", EllipticalRadius, shape).Add("scales_r500", ScalesR500);
        for (var i = 0; i < Regions.Count; i++) bundle.Add($"pixels_{Regions[i].Name}", Pixels[i], shape);
        return store.Save(Kind, 1, bundle.Write);
    }

    public static StoredRegions Load(ArtifactStore store, Artifact artifact)
    {
        var bundle = store.LoadBundle(artifact, Kind);
        var regions = bundle.Metadata["regions"].Deserialize<RadialRegion[]>(SurveyJson.Options)!;
        return new StoredRegions(regions, [.. regions.Select(region => bundle.Booleans($"pixels_{region.Name}"))], bundle.Doubles("elliptical_radius_r500"),
            bundle.Doubles("scales_r500"), bundle.Metadata["dropped"].Deserialize<DroppedRegion[]>(SurveyJson.Options)!);
    }
}
