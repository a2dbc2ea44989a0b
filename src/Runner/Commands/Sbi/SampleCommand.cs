using System.CommandLine;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi sample: draws from the posterior of an observation.</summary>
internal static class SampleCommand
{
    private const int MostDraws = 10_000_000;

    public static Command Make()
    {
        var model = SbiInput.Model();
        var observation = new Option<string>("--x-obs") { Description = "F[:ROW]: the observation, rows from 0", Required = true };
        var count = new Option<int>("--n") { Description = "how many draws (default: 1000)", DefaultValueFactory = _ => 1000 };
        var file = new Option<string>("--out") { Description = "file for the draws (.csv, .npy, .parquet)", Required = true };
        var sampler = new Option<string?>("--sampler")
        {
            Description = "grid: exact, up to 4 parameters; ensemble: affine-invariant Markov chains; nuts: no-U-turn sampler; "
                + "direct: independent draws, of npe alone (default: direct for npe, else grid where it can)",
        };
        sampler.AcceptOnlyFromAmong(PosteriorDraws.Grid, PosteriorDraws.Ensemble, PosteriorDraws.Nuts, TrainedModel.Direct);
        var seed = CommonOptions.SeedOption();
        var command = new Command("sample", "Draws from the posterior of an observation, and says how far to trust them.")
        {
            model, observation, count, file, sampler, seed,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var trained = TrainedModel.Load(parsed.GetRequiredValue(model));
            var x = ObservationArgument.Parse(parsed.GetRequiredValue(observation)).Read();
            SbiInput.RequireCount(parsed.GetRequiredValue(observation), x.Length, trained.Description.DataCount, "data");
            if (parsed.GetValue(count) is < 1 or > MostDraws)
                throw new BadInputException("--n", $"{parsed.GetValue(count)}", $"1 to {MostDraws} draws", "choose another number");
            var (draws, about) = trained.Sample(CommonOptions.SeedOf(parsed, seed), x, parsed.GetValue(count), parsed.GetValue(sampler), cancellation);
            MatrixFile.Write(parsed.GetRequiredValue(file), new NumericTable(trained.Description.ParameterNames, draws));
            Output.Json(about);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
