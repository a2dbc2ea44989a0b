using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Bodies of requests and answers, as Elsa's clients write and read them.</summary>
internal static class Answer
{
    // A definition nests containers in ports: five levels of JSON for each.
    private const int DeepestBody = 64;

    private static readonly JsonDocumentOptions bodyOptions = new() { MaxDepth = DeepestBody, AllowDuplicateProperties = false };

    public static IResult Json(JsonNode node, int status = StatusCodes.Status200OK) => Results.Content(node.ToJsonString(SurveyJson.Options), "application/json; charset=utf-8", null, status);

    /// <summary>A list as descriptors come: the items and how many they are.</summary>
    public static IResult List(IEnumerable<JsonNode?> items)
    {
        var list = new JsonArray([.. items]);
        return Json(new JsonObject { ["items"] = list, ["count"] = list.Count });
    }

    /// <summary>A page of a longer list.</summary>
    public static IResult Page(IEnumerable<JsonNode?> items, int totalCount) => Json(new JsonObject { ["items"] = new JsonArray([.. items]), ["totalCount"] = totalCount });

    /// <summary>An object without the members that are null: Elsa leaves them out.</summary>
    public static JsonObject Object(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null) json[name] = value;
        return json;
    }

    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, [$"{what} is not there (any more)"]);

    public static IResult Problem(int status, IEnumerable<string> messages) => Json(new JsonObject
    {
        ["statusCode"] = status,
        ["message"] = "The request could not be carried out.",
        ["errors"] = new JsonObject { ["generalErrors"] = new JsonArray([.. messages.Select(message => JsonValue.Create(message))]) },
    }, status);

    /// <summary>The object in the body of a request; an empty one when there is no body.</summary>
    /// <exception cref="BadInputException">The body is no JSON object, or nested too deeply.</exception>
    public static async Task<JsonObject> Body(HttpContext http)
    {
        if (http.Request.ContentLength == 0) return [];
        using var text = new MemoryStream();
        await http.Request.Body.CopyToAsync(text, http.RequestAborted);
        return text.Length == 0 ? [] : Parse(text.ToArray(), "the body of the request");
    }

    /// <summary>JSON from outside, with limits.</summary>
    public static JsonObject Parse(byte[] text, string source)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: bodyOptions) is JsonObject json) return json;
        }
        catch (JsonException wrong)
        {
            throw new BadInputException(source, wrong.Message, $"a JSON object, nested at most {DeepestBody} levels", "correct it", wrong);
        }
        throw new BadInputException(source, "JSON that is no object", "a JSON object", "correct it");
    }

    /// <summary>The texts of a list in a body; none when it is absent.</summary>
    public static IReadOnlyList<string> Texts(JsonObject body, string name)
        => body[name] is JsonArray items ? [.. items.OfType<JsonValue>().Where(item => item.GetValueKind() == JsonValueKind.String).Select(item => item.GetValue<string>())] : [];

    /// <summary>Adds a route whose handler reads the body of the request itself.</summary>
    public static void MapBody(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task<IResult>> handle) => routes.MapPost(pattern, (Delegate)handle);

    /// <summary>Turns bad input into an answer that the designer shows; nothing of our code is told.</summary>
    public static async ValueTask<object?> ExplainProblems(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StaleDefinitionException stale)
        {
            return Problem(StatusCodes.Status409Conflict, stale.Problems.Select(problem => problem.ToString()));
        }
        catch (BadInputException bad)
        {
            return Problem(StatusCodes.Status400BadRequest, bad.Problems.Select(problem => problem.ToString()));
        }
    }
}
