using System.CommandLine;
using System.Globalization;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Commands;

/// <summary>keys create|list|revoke: who may use the web application from other machines.</summary>
internal static class KeysCommand
{
    public static Command Make() => new("keys", "Makes, lists and revokes keys to the web application; they are asked for where it is served to other machines.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        var (name, data, database) = (Name(), ServeCommand.Data(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("create", "Makes a key and prints it: it is shown this once and kept nowhere.") { name, data, database, json };
        command.SetAction(parsed => With(parsed, data, database, keys =>
        {
            var (owner, key) = (parsed.GetRequiredValue(name), keys.Create(parsed.GetRequiredValue(name)));
            if (parsed.GetValue(json)) Output.Json(new { name = owner, key });
            else Output.Result(key);
        }));
        return command;
    }

    private static Command List()
    {
        var (data, database) = (ServeCommand.Data(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the names of the keys.") { data, database, json };
        command.SetAction(parsed => With(parsed, data, database, keys =>
        {
            if (parsed.GetValue(json)) Output.Json(keys.All.Select(key => new { name = key.Name, created = key.CreatedAt }));
            else TextTable.Show(["name", "created"], keys.All.Select(key => (string[])[key.Name, key.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)]));
        }));
        return command;
    }

    private static Command Revoke()
    {
        var (name, data, database) = (Name(), ServeCommand.Data(), CommonOptions.Database());
        var command = new Command("revoke", "Makes a key worthless.") { name, data, database };
        command.SetAction(parsed => With(parsed, data, database, keys => keys.Revoke(parsed.GetRequiredValue(name))));
        return command;
    }

    private static int With(ParseResult parsed, Option<string?> data, Option<string?> database, Action<ApiKeys> act)
    {
        using var ledger = CommonOptions.HomeOf(parsed, data, database).OpenLedger();
        act(new ApiKeys(ledger, TimeProvider.System));
        return ExitCode.Done;
    }

    private static Argument<string> Name() => new("name") { Description = "whose key it is" };
}
