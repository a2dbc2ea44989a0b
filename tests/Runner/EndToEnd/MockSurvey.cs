using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ClusterSurvey.Support;

[assembly: AssemblyFixture(typeof(ClusterSurvey.Runner.Tests.EndToEnd.MockSurvey))]

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>A mock sample of three clusters and one undisturbed survey of it, made when a test first asks for them; all tests share them, at the same time.</summary>
public sealed class MockSurvey : IDisposable
{
    private const string Regions = """regions=[{"name":"inner","inner":0,"outer":0.5},{"name":"global","inner":0,"outer":1}]""";

    private static readonly string[] Small =
    [
        "--set", "pixels_across=32", "--set", "scales=0.2:1:4", "--set", "simulations=64", "--set", "sigmas_per_field=4",
        "--set", "ensemble=1", "--set", "calibration=0", "--set", "grid=12", "--set", "draws=200", "--set", "population=none", "--set", Regions,
    ];

    private readonly ScratchFolder folder = new();

    private readonly Lazy<string> maps;
    private readonly Lazy<JsonNode> first;

    public MockSurvey()
    {
        maps = new(() =>
        {
            var rows = File.ReadAllLines(Path.Combine(SharedData.RepositoryRoot, "data", "samples", "xcop.csv"));
            var sample = folder.Write("three.csv", string.Join('\n', rows.Take(4)) + '\n');
            var mock = SurveyProgram.Run("mock", sample, "--out", folder["maps"], "--size", "40", "--seed", "3", "--json").Expect(0).Json;
            Assert.Equal(Path.Combine(folder["maps"], "truth.csv"), mock["truth"]!.GetValue<string>());
            return folder["maps"];
        });
        first = new(() => Survey(folder["runs"]));
    }

    /// <summary>The maps, the sample table and the truth.</summary>
    public string Maps => maps.Value;

    /// <summary>The folder of runs in which the undisturbed survey is.</summary>
    public string Home => Path.GetDirectoryName(Run)!;

    /// <summary>The undisturbed survey, as the program tells machines of it.</summary>
    public JsonNode First => first.Value;

    /// <summary>The folder of the undisturbed survey.</summary>
    public string Run => First["folder"]!.GetValue<string>();

    /// <summary>A folder in which nothing is yet.</summary>
    public string Fresh(string name) => folder[name];

    public string[] Arguments(string home, params string[] more) => ["run", "cluster-survey", "--sample", Path.Combine(Maps, "sample.csv"), "--maps", Maps, "--out", home, "--json", .. Small, .. more];

    public JsonNode Survey(string home, params string[] more) => SurveyProgram.Run(Arguments(home, more)).Expect(0).Json;

    /// <summary>Hashes of everything that a run computed, by its path within the run.</summary>
    public static IReadOnlyDictionary<string, string> Hashes(string run)
        => Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".parquet" or ".npy" or ".csv" || Path.GetFileName(file) == "grid.json")
            .ToDictionary(file => Path.GetRelativePath(run, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    public void Dispose() => folder.Dispose();
}
