using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;

[assembly: AssemblyFixture(typeof(ClusterSurvey.Runner.Tests.Workers.TwelveClusters))]

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>Mock maps of twelve clusters, and what one machine makes of them; made when a test first asks for them, and shared by all.</summary>
public sealed class TwelveClusters : IDisposable
{
    private static readonly string[] small =
    [
        "--set", "psf=none", "--set", "pixels_across=20", "--set", "scales=0.3:1:3", "--set", "simulations=32", "--set", "sigmas_per_field=4", "--set", "ensemble=1", "--set", "calibration=20", "--set", "grid=8",
        "--set", "draws=100", "--set", "population=none", "--set", """regions=[{"name":"global","inner":0,"outer":1}]""",
    ];

    private readonly ScratchFolder folder = new();
    private readonly Lazy<string> maps, broken;
    private readonly Lazy<IReadOnlyDictionary<string, string>> hashes;

    public TwelveClusters()
    {
        maps = new(() =>
        {
            SurveyProgram.Run("mock", Path.Combine(SharedData.RepositoryRoot, "data", "samples", "xcop.csv"), "--out", folder["maps"], "--size", "24", "--seed", "3", "--psf", "none").Expect(0);
            return folder["maps"];
        });
        broken = new(() =>
        {
            var copy = Directory.CreateDirectory(folder["broken maps"]).FullName;
            foreach (var file in Directory.EnumerateFiles(Maps)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            File.WriteAllText(Directory.EnumerateFiles(copy, "*A644*").First(file => file.Contains("mosaic", StringComparison.Ordinal)), "no FITS file");
            return copy;
        });
        hashes = new(() => MockSurvey.Hashes(SurveyProgram.Run(Arguments(folder["one machine"])).Expect(0).Json["folder"]!.GetValue<string>()));
    }

    public string Maps => maps.Value;

    /// <summary>Hashes of the tables that one machine makes.</summary>
    public IReadOnlyDictionary<string, string> Hashes => hashes.Value;

    /// <summary>The maps, of which those of A644 cannot be read.</summary>
    public string BrokenMaps => broken.Value;

    /// <summary>A folder in which nothing is yet.</summary>
    public string Fresh(string name) => folder[name];

    public string[] Arguments(string home, string? otherMaps = null) => ["run", "cluster-survey", "--sample", Path.Combine(Maps, "sample.csv"), "--maps", otherMaps ?? Maps, "--out", home, "--json", .. small];

    public void Dispose() => folder.Dispose();
}
