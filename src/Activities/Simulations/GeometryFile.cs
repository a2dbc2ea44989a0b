using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>Reads geometry.json: the circular cluster on which simulators are compared.</summary>
public static class GeometryFile
{
    /// <exception cref="BadInputException">Not such a file.</exception>
    public static CircularCluster Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<Geometry>(InputFiles.Read(path), SurveyJson.Options)!;
            return new CircularCluster
            {
                Pixels = file.Pixels, BoxR500 = file.BoxR500, DepthR500 = file.DepthR500, DepthCells = file.DepthCells, CoreRadius = file.Model.Rc, SteepeningRadius = file.Model.Rs,
                Beta = file.Model.Beta, Epsilon = file.Model.Epsilon, SourceCounts = file.SourceCounts, BackgroundFraction = file.BackgroundFraction,
            };
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(path, wrong.Message, "{pixels, box_r500, depth_r500, depth_cells, model: {rc, rs, beta, epsilon}, source_counts, background_fraction}", "correct the file", wrong);
        }
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
    }

    private sealed record Profile
    {
        [JsonPropertyName("rc")] public required double Rc { get; init; }

        [JsonPropertyName("rs")] public required double Rs { get; init; }

        [JsonPropertyName("beta")] public required double Beta { get; init; }

        [JsonPropertyName("epsilon")] public required double Epsilon { get; init; }
    }
}
