using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Reads geometry.json: the circular cluster on which simulators are compared.</summary>
public static class GeometryFile
{
    /// <summary>2 GiB of float64 per cube.</summary>
    private const long MostCells = 1L << 28;

    /// <exception cref="BadInputException">Not such a file.</exception>
    public static CircularCluster Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<Geometry>(InputFiles.Read(path), SurveyJson.Options) ?? throw new JsonException("null");
            if (file.Model is null) throw new JsonException("model is null");
            Check(path, "pixels", file.Pixels, 8, 4096);
            Check(path, "depth_cells", file.DepthCells, 8, 16384);
            CheckNumbers(path, file);
            if ((long)file.Pixels * file.Pixels * file.DepthCells > MostCells)
                throw new BadInputException($"{path} pixels, depth_cells", $"a cube of {file.Pixels} x {file.Pixels} x {file.DepthCells} cells",
                    $"at most {MostCells} cells", "take fewer pixels or cells in depth");
            return new CircularCluster
            {
                Pixels = file.Pixels, BoxR500 = file.BoxR500, DepthR500 = file.DepthR500, DepthCells = file.DepthCells,
                CoreRadius = file.Model.Rc, SteepeningRadius = file.Model.Rs,
                Beta = file.Model.Beta, Epsilon = file.Model.Epsilon, SourceCounts = file.SourceCounts, BackgroundFraction = file.BackgroundFraction,
                Theta500Arcmin = file.Theta500Arcmin ?? new CircularCluster().Theta500Arcmin,
            };
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(path, wrong.InPlainWords(),
                "{pixels, box_r500, depth_r500, depth_cells, model: {rc, rs, beta, epsilon}, source_counts, background_fraction} and, where it matters, theta500_arcmin",
                "correct the file", wrong);
        }
    }

    private static void Check(string path, string key, int value, int low, int high)
    {
        if (value < low || value > high) throw new BadInputException($"{path} {key}", $"{value}", $"{low} to {high}", "correct the file");
    }

    private static void CheckNumbers(string path, Geometry file)
    {
        (string Key, double Value, bool MayBeZero)[] numbers =
        [
            ("box_r500", file.BoxR500, false), ("depth_r500", file.DepthR500, false), ("model.rc", file.Model.Rc, false), ("model.rs", file.Model.Rs, false),
            ("model.beta", file.Model.Beta, false), ("model.epsilon", file.Model.Epsilon, true), ("source_counts", file.SourceCounts, false),
            ("background_fraction", file.BackgroundFraction, true), ("theta500_arcmin", file.Theta500Arcmin ?? 1, false),
        ];
        Problem[] problems = [.. numbers.Where(number => !double.IsFinite(number.Value) || number.Value < 0 || (number.Value == 0 && !number.MayBeZero))
            .Select(number => new Problem($"{path} {number.Key}", CsvText.Number(number.Value), number.MayBeZero ? "finite, 0 or more" : "finite, above 0", "correct the file"))];
        if (problems.Length > 0) throw new BadInputException(problems);
    }

    private sealed record Geometry
    {
        [JsonPropertyName("pixels")] public required int Pixels { get; init; }

        [JsonPropertyName("box_r500")] public required double BoxR500 { get; init; }

        [JsonPropertyName("depth_r500")] public required double DepthR500 { get; init; }

        [JsonPropertyName("depth_cells")] public required int DepthCells { get; init; }

        [JsonPropertyName("model")] public required Profile Model { get; init; }

        [JsonPropertyName("source_counts")] public required double SourceCounts { get; init; }

        [JsonPropertyName("background_fraction")] public required double BackgroundFraction { get; init; }

        [JsonPropertyName("theta500_arcmin")] public double? Theta500Arcmin { get; init; }
    }

    private sealed record Profile
    {
        [JsonPropertyName("rc")] public required double Rc { get; init; }

        [JsonPropertyName("rs")] public required double Rs { get; init; }

        [JsonPropertyName("beta")] public required double Beta { get; init; }

        [JsonPropertyName("epsilon")] public required double Epsilon { get; init; }
    }
}
