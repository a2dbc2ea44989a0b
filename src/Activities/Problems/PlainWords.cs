namespace ClusterSurvey.Activities.Problems;

/// <summary>What an exception says, for people: without the name of a parameter of our code, on one line.</summary>
public static class PlainWords
{
    private const string ParameterMark = " (Parameter '";

    /// <summary>The message of a failure on one line; the value that was refused comes first when the failure knows it.</summary>
    public static string InPlainWords(this Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var message = failure.Message;
        if (failure is not ArgumentException) return OneLine(message);
        var at = message.LastIndexOf(ParameterMark, StringComparison.Ordinal);
        var words = OneLine(at < 0 ? message : message[..at]);
        return failure is ArgumentOutOfRangeException { ActualValue: IFormattable value }
            ? $"{value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}: {words}"
            : words;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
