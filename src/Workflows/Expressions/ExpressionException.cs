namespace ClusterSurvey.Workflows.Expressions;

/// <summary>An expression could not be evaluated: which one, and why.</summary>
public sealed class ExpressionException(string type, string? text, string reason, Exception? cause = null)
    : Exception($"{type} expression {Shortened(text)}: {reason}", cause)
{
    private static string Shortened(string? text) => text is null ? "(empty)" : text.Length > 120 ? $"'{text[..120]}...'" : $"'{text}'";
}
