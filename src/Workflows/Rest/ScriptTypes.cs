using System.Text;
using ClusterSurvey.Workflows.Expressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>What expressions in JavaScript can call, as the designer's editor completes and checks it.</summary>
internal sealed class ScriptTypes(DefinitionStore store)
{
    private const string Functions = """
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function isNullOrWhiteSpace(text: string): boolean;
        declare function isNullOrEmpty(text: string): boolean;
        declare function toJson(value: any): string;

        """;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/scripting/javascript/type-definitions/{id}", (string id) => Results.Content(Text(id), "application/x-typescript"));

    private string Text(string definitionId)
    {
        var text = new StringBuilder(Functions);
        if (store.Find(definitionId, VersionChoice.Latest) is not { } version || store.Document(version) is not { } document) return text.ToString();
        var variables = document.Variables.Concat(document.Activities.SelectMany(activity => activity.Variables)).Where(variable => IsIdentifier(variable.Name)).DistinctBy(variable => variable.Name).ToList();
        foreach (var variable in variables)
        {
            var (accessor, type) = (JavaScriptExpressions.AccessorName(variable.Name), Script(variable.TypeName, variable.IsArray));
            text.Append($"declare function get{accessor}(): {type};\ndeclare function set{accessor}(value: {type}): void;\n");
        }
        Members(text, "variables", variables.Select(variable => (variable.Name, Script(variable.TypeName, variable.IsArray))));
        Members(text, "input", document.Inputs.Where(input => IsIdentifier(input.Name)).Select(input => (input.Name, Script(input.TypeName, input.IsArray))));
        return text.ToString();
    }

    private static void Members(StringBuilder text, string name, IEnumerable<(string Name, string Type)> members)
        => text.Append($"declare const {name}: {{ {string.Concat(members.Select(member => $"{member.Name}: {member.Type}; "))}}};\n");

    private static bool IsIdentifier(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static string Script(string typeName, bool isArray) => typeName switch
    {
        "String" => "string",
        "Boolean" => "boolean",
        "Int16" or "Int32" or "Int64" or "Long" or "Single" or "Double" or "Decimal" => "number",
        _ => "any",
    } + (isArray ? "[]" : "");
}
