using System.CommandLine;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi fit|score|sample|calibrate|c2st: simulation-based inference for any problem.</summary>
internal static class SbiCommand
{
    public static Command Make() => new("sbi", "Simulation-based inference for any problem: learns likelihoods or posteriors, samples them, tests them.")
    {
        FitCommand.Make(), ScoreCommand.Make(), SampleCommand.Make(), CalibrateCommand.Make(), C2stCommand.Make(),
    };
}
