using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities.Survey;

/// <summary>
/// The likelihood cubes of a run as files: likelihoods/CLUSTER/REGION.npy, float64 [sigma, injection scale, slope], and
/// grid.json with the axes that all of them share.
/// </summary>
public static class LikelihoodFolder
{
    private const string Folder = "likelihoods";

    /// <summary>Writes the cubes of every cluster of a run.</summary>
    public static void Write(SurveyRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ParallelWork.Each(run.Clusters, cluster => Write(run, cluster.Name, cluster.Products.Cubes));
    }

    // The store has the cubes: the files are not forced to the disk, which takes longer than all the rest.
    private static void Write(SurveyRun run, string cluster, IReadOnlyDictionary<string, Artifact> cubes)
    {
        GridFile? grid = null;
        foreach (var (region, artifact) in cubes)
        {
            var cube = StoredCube.Load(run.Store, artifact);
            Npy.WriteAgain(run.Folder.FileAt(Folder, cluster, $"{region}.npy"), cube.LogLikelihood, [.. cube.Grid.Axes.Select(axis => axis.Count)]);
            grid ??= new GridFile([.. cube.Grid.Axes.Select(Axis.Of)]);
        }
        if (grid is not null) AtomicFile.Write(run.Folder.FileAt(Folder, cluster, "grid.json"), stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(grid, SurveyJson.Indented)), isDurable: false);
    }

    /// <summary>The cubes of some clusters in one region; clusters without it are left out.</summary>
    /// <exception cref="BadInputException">No cluster has the region, or a file is damaged.</exception>
    public static IReadOnlyList<NamedCube> Read(string runFolder, IReadOnlyList<string> clusters, string region)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var regions = Regions(runFolder);
        if (!regions.Contains(region))
            throw new BadInputException(Path.Combine(runFolder, Folder), $"no region {region}", "a region of this run", Spelling.Suggest(region, regions));
        var cubes = clusters
            .Select(cluster => (Name: cluster, File: Path.Combine(runFolder, Folder, cluster, $"{region}.npy")))
            .Where(entry => File.Exists(entry.File))
            .Select(entry => new NamedCube(entry.Name, ReadCube(entry.File)))
            .ToList();
        if (cubes.Count > 0) return cubes;
        throw new BadInputException(Path.Combine(runFolder, Folder), $"no likelihood of {string.Join(", ", clusters)} in region {region}",
            "at least one", $"choose another sub-sample or region; regions of this run: {string.Join(", ", regions)}");
    }

    /// <summary>The regions for which there is a likelihood.</summary>
    public static IReadOnlyList<string> Regions(string runFolder)
    {
        var folder = Path.Combine(runFolder, Folder);
        if (!Directory.Exists(folder)) return [];
        var names = Directory.EnumerateFiles(folder, "*.npy", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);
        return [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private static LikelihoodCube ReadCube(string file)
    {
        var gridFile = Path.Combine(Path.GetDirectoryName(file)!, "grid.json");
        var values = Npy.Read(file);
        try
        {
            var grid = JsonSerializer.Deserialize<GridFile>(File.ReadAllText(gridFile), SurveyJson.Options)!;
            return new LikelihoodCube(new ParameterGrid(grid.Axes.Select(axis => new GridAxis(axis.Name, axis.Low, axis.High, axis.Nodes))), values.Values);
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException or IOException)
        {
            throw new BadInputException(gridFile, wrong.Message, $"the axes of {Path.GetFileName(file)}", "write the run's tables again with resume", wrong);
        }
    }

    private sealed record GridFile(Axis[] Axes);

    private sealed record Axis(string Name, double Low, double High, int Nodes)
    {
        public static Axis Of(GridAxis axis) => new(axis.Name, axis.Low, axis.High, axis.Count);
    }
}
