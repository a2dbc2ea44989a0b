using System.CommandLine;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Runner.Web;

namespace ClusterSurvey.Runner.Commands;

/// <summary>serve: the web application.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "where to listen (default: http://127.0.0.1:5080, for this machine alone)", DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        var (data, database) = (Data(), CommonOptions.Database());
        var command = new Command("serve", "Serves the web application: surveys, their designer, runs and results.") { urls, data, database };
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = ListenAddress.Parse(parsed.GetRequiredValue(urls));
            var home = CommonOptions.HomeOf(parsed, data, database);
            Observed.As("serve", home);
            await using var server = await WebServer.Start(home, address, TimeProvider.System, cancellation);
            Output.Note($"listening on {server.Address}; Ctrl-C stops");
            if (StudioFiles.Folder is null) Output.Note("the designer is not installed: run 'npm ci' in the folder of the program, then start again");
            if (!address.IsLoopback) Output.Note("other machines can reach this address: a key is asked for (clustersurvey keys create NAME), and what is sent is not encrypted");
            await server.WaitForStop(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    public static Option<string?> Data() => new("--data") { Description = "folder of runs, with the ledger, the artifacts and the saved definitions (default: runs)" };
}
