using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>What sbi calibrate says of one observation: whether its own posterior can be believed.</summary>
internal static class ObservationVerdict
{
    private const int Trials = 39, FewestDraws = 2000;
    private const double Level = 0.05;

    /// <exception cref="Activities.Problems.BadInputException">The observation does not fit the model, or too few cases to test with.</exception>
    public static JsonNode Of(
        Seed seed, TrainedModel model, CalibrationSet set, string xPath, ObservationArgument observation, int count, CancellationToken cancellation)
    {
        var x = observation.Read();
        SbiInput.RequireCount(observation.Path, x.Length, model.Description.DataCount, "data");
        var data = MatrixFile.Read(xPath).Values;
        // Small probabilities are told by many replicas, and a check of many data must be able to fail.
        var replicas = Math.Max(Math.Max(count, FewestDraws), (int)Math.Ceiling(2 * (x.Length + 1) / Level));
        var draws = model.Draw(seed.Derive("draws"), x, replicas, null, cancellation);
        return SbiInput.Guard(xPath, () =>
        {
            var place = new TrainingCloud(data, x.Length).Locate(x);
            var local = Local(seed.Derive("local"), set, data, x, draws, cancellation);
            var predictive = Replicas(seed.Derive("replicas"), model, draws) is { } simulated ? PredictiveCheck.Of(x, simulated, Level) : null;
            return JsonSerializer.SerializeToNode(new
            {
                local_c2st = new { statistic = local.Statistic, p_value = local.PValue, trials = Trials, passed = local.PValue >= Level },
                cloud = new
                {
                    mahalanobis_distance = place.MahalanobisDistance, share_nearer = place.MahalanobisPercentile, outside = place.Outside, inside = place.IsInside,
                },
                predictive = predictive is null ? null : new
                {
                    p_values = predictive.TailProbabilities, joint_p_value = predictive.JointProbability,
                    smallest_p_value_holm = predictive.Adjusted.Min(), passed = predictive.Passes,
                },
            }, SurveyJson.Indented)!;
        });
    }

    private static LocalTwoSampleScore Local(Seed seed, CalibrationSet set, double[] data, double[] x, double[] draws, CancellationToken cancellation)
    {
        LocalTwoSampleScore? score = null;
        Meter.Show("local two-sample test", Trials, done =>
            score = LocalTwoSampleTest.Test(seed, set, data, x, draws, Trials, done is null ? null : new Fraction(done), cancellation));
        return score!;
    }

    // One replica a draw; a posterior alone cannot simulate.
    private static double[]? Replicas(Seed seed, TrainedModel model, double[] draws)
    {
        var width = model.Description.ParameterNames.Count;
        var replicas = new List<double>();
        for (var i = 0; i < draws.Length / width; i++)
        {
            if (model.Simulate(seed.Derive(i), draws[(i * width)..((i + 1) * width)]) is not { } replica) return null;
            replicas.AddRange(replica);
        }
        return [.. replicas];
    }

    private sealed class Fraction(IProgress<int> bar) : IProgress<double>
    {
        public void Report(double value) => bar.Report((int)Math.Round(Trials * value));
    }
}
