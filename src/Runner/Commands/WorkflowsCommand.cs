using System.CommandLine;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Runner.Commands;

/// <summary>workflows list|show|validate|import|export|run: the definitions that can be run.</summary>
internal static class WorkflowsCommand
{
    public static Command Make() => new("workflows", "Lists, shows, validates, imports, exports and runs workflow definitions.")
    {
        List(), Show(), Validate(), Import(), Export(), RunCommand.Make(),
#if WITH_ELSA
        ElsaCommand.Make(),
#endif
    };

    private static Command List()
    {
        var json = CommonOptions.Json();
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var command = new Command("list", "Lists the definitions that can be run: what is shipped, and what was saved in the designer.") { home, database, json };
        command.SetAction(parsed =>
        {
            var all = CommonOptions.HomeOf(parsed, home, database).OpenLibrary(TimeProvider.System).All;
            if (parsed.GetValue(json))
                Output.Json(all.Select(definition => new
                {
                    id = definition.DefinitionId, name = definition.Name, description = definition.Description,
                    inputs = definition.Inputs.Select(input => input.Name),
                }));
            else
                TextTable.Show(["id", "description"], all.Select(definition => (string[])[definition.DefinitionId, definition.Description]));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var definition = Definition();
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var command = new Command("show", "Prints a definition.") { definition, home, database };
        command.SetAction(parsed =>
        {
            Output.Result(SurveyOptions.Load(parsed.GetRequiredValue(definition), CommonOptions.HomeOf(parsed, home, database)).ToText());
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Validate()
    {
        var definition = Definition();
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("validate", "Names everything that would keep a definition from running.") { definition, home, database, json };
        command.SetAction(parsed =>
        {
            var document = SurveyOptions.Load(parsed.GetRequiredValue(definition), CommonOptions.HomeOf(parsed, home, database));
            var problems = new DefinitionValidator(StepCatalog.Shipped, CommonOptions.HomeOf(parsed, home, database).OpenLibrary(TimeProvider.System).With(document)).Validate(document);
            if (parsed.GetValue(json)) Output.Json(new { definition = document.DefinitionId, valid = problems.Count == 0, problems });
            else if (problems.Count == 0) Output.Result($"{document.DefinitionId}: valid");
            else foreach (var problem in problems) Output.Error(problem.ToProblem().ToString());
            return problems.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "a definition in Elsa's JSON" };
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var publish = new Option<bool>("--publish") { Description = "publish it, so that other definitions call this version" };
        var json = CommonOptions.Json();
        var command = new Command("import", "Keeps a definition beside the shipped ones, as the designer does.") { file, home, database, publish, json };
        command.SetAction(parsed =>
        {
            var document = WorkflowDocument.Load(parsed.GetRequiredValue(file)).ToJson();
            document.Remove("id");
            using var ledger = CommonOptions.HomeOf(parsed, home, database).OpenLedger();
            var store = new DefinitionStore(ledger, TimeProvider.System);
            var saved = store.Save(document, publish: false);
            if (parsed.GetValue(publish))
            {
                new DefinitionValidator(StepCatalog.Shipped, store.Library().With(store.Document(saved)!)).Check(store.Document(saved)!);
                saved = store.Publish(saved.DefinitionId)!.Value.Version;
            }
            if (parsed.GetValue(json)) Output.Json(new { definition = saved.DefinitionId, version = saved.Version, published = saved.IsPublished });
            else Output.Result(FormattableString.Invariant($"{saved.DefinitionId}: version {saved.Version}{(saved.IsPublished ? ", published" : "")}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export()
    {
        var definition = Definition();
        var file = new Argument<string>("file") { Description = "where to write it" };
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var command = new Command("export", "Writes a definition to a file that the designer, or a real Elsa server, reads.") { definition, file, home, database };
        command.SetAction(parsed =>
        {
            SurveyOptions.Load(parsed.GetRequiredValue(definition), CommonOptions.HomeOf(parsed, home, database)).Save(parsed.GetRequiredValue(file));
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Definition() => new("definition") { Description = "name of a definition, or the path of one" };
}
