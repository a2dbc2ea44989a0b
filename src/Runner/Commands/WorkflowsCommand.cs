using System.CommandLine;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Runner.Commands;

/// <summary>workflows list|show|validate: the definitions that can be run.</summary>
internal static class WorkflowsCommand
{
    public static Command Make() => new("workflows", "Lists, shows and validates workflow definitions.")
    {
        List(), Show(), Validate(),
#if WITH_ELSA
        ElsaCommand.Make(),
#endif
    };

    private static Command List()
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the shipped definitions.") { json };
        command.SetAction(parsed =>
        {
            var all = DefinitionLibrary.Shipped.All;
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
        var command = new Command("show", "Prints a definition.") { definition };
        command.SetAction(parsed =>
        {
            Output.Result(SurveyOptions.Load(parsed.GetRequiredValue(definition)).ToText());
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Validate()
    {
        var definition = Definition();
        var json = CommonOptions.Json();
        var command = new Command("validate", "Names everything that would keep a definition from running.") { definition, json };
        command.SetAction(parsed =>
        {
            var document = SurveyOptions.Load(parsed.GetRequiredValue(definition));
            var problems = new DefinitionValidator(StepCatalog.Shipped, DefinitionLibrary.Shipped.With(document)).Validate(document);
            if (parsed.GetValue(json)) Output.Json(new { definition = document.DefinitionId, valid = problems.Count == 0, problems });
            else if (problems.Count == 0) Output.Result($"{document.DefinitionId}: valid");
            else foreach (var problem in problems) Output.Error(problem.ToProblem().ToString());
            return problems.Count == 0 ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }

    private static Argument<string> Definition() => new("definition") { Description = "name of a shipped definition, or the path of one" };
}
