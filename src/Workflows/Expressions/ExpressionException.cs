namespace ClusterSurvey.Workflows.Expressions;

/// <summary>An expression could not be evaluated: which one, and why.</summary>
public sealed class ExpressionException : Exception
{
    private const int LongestText = 120;

    public ExpressionException(string type, string? text, string reason, Exception? cause = null) : this($"{type} expression {Shortened(text)}: {reason}", cause)
    {
    }

    private ExpressionException(string message, Exception? cause) : base(message, cause)
    {
    }

    /// <summary>The same, with the activity and the input to which the expression belongs.</summary>
    public ExpressionException At(string activity, string input) => new($"activity '{activity}', input '{input}': {Message}", this);

    private static string Shortened(string? text) => text is null ? "(empty)" : text.Length > LongestText ? $"'{text[..LongestText]}...'" : $"'{text}'";
}
