using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Workflows.Format;

/// <summary>
/// What a definition says of the failures of one step, instead of what the step declares: <c>"customProperties": {"failurePolicy": {"attempts": 5,
/// "backoffSeconds": 2, "timeoutSeconds": 600}}</c>; every member may be left out. Elsa keeps custom properties as they are and heeds only its own.
/// </summary>
internal static class FailurePolicyOverride
{
    public const string Property = "failurePolicy";
    private const string StrategyOfElsa = "resilienceStrategy";

    private static readonly (string Name, double Least, double Most, bool Whole)[] members =
        [("attempts", 1, 100, true), ("backoffSeconds", 0, 3600, false), ("timeoutSeconds", 0, 31_536_000, false)];

    /// <summary>The policy of an activity whose step declares another.</summary>
    public static FailurePolicy Of(Activity activity, FailurePolicy declared)
    {
        if (activity.Custom(Property) is not JsonObject given) return declared;
        double Value(string name, double otherwise) => given[name] is { } value ? value.GetValue<double>() : otherwise;
        return new FailurePolicy((int)Value("attempts", declared.Attempts), Value("backoffSeconds", declared.BackoffSeconds), Value("timeoutSeconds", declared.TimeoutSeconds));
    }

    /// <summary>What is wrong with it: where (below the activity), what was found, what was expected, what to do.</summary>
    public static IEnumerable<(string Place, string Found, string Expected, string Remedy)> Problems(Activity activity)
    {
        if (activity.Custom(StrategyOfElsa) is JsonObject strategy && (Node.Text(strategy, "strategyId") is { Length: > 0 } || Node.Text(strategy, "mode") == "Expression"))
            yield return ($"/customProperties/{StrategyOfElsa}", "a resilience strategy of Elsa's", "none: the embedded engine does not know Elsa's strategies",
                $"clear it, and write customProperties.{Property} (attempts, backoffSeconds, timeoutSeconds)");
        var place = $"/customProperties/{Property}";
        if (activity.Custom(Property) is not { } given) yield break;
        if (given is not JsonObject policy)
        {
            yield return (place, given.ToJsonString(), "an object", $"write {{{string.Join(", ", members.Select(member => $"\"{member.Name}\": ..."))}}}");
            yield break;
        }
        foreach (var (name, value) in policy)
        {
            var known = Array.Find(members, member => member.Name == name);
            if (known.Name is null) yield return ($"{place}/{Node.Escape(name)}", $"'{name}'", "a member of a failure policy", Spelling.Suggest(name, [.. members.Select(member => member.Name)]));
            else if (!IsGood(value, known.Least, known.Most, known.Whole))
                yield return ($"{place}/{name}", value?.ToJsonString() ?? "null",
                    string.Create(CultureInfo.InvariantCulture, $"a {(known.Whole ? "whole " : "")}number from {known.Least} to {known.Most}"), "correct the value");
        }
    }

    private static bool IsGood(JsonNode? value, double least, double most, bool whole)
        => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.GetValue<double>() is var found && found >= least && found <= most
            && (!whole || found == Math.Floor(found));
}
