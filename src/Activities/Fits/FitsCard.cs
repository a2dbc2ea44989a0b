namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// One keyword of a header with its value as written: text without its quotes, any other value as it stands.
/// Long strings (CONTINUE) are already joined.
/// </summary>
public readonly record struct FitsCard(string Keyword, string Value, bool IsText)
{
    public static FitsCard OfText(string keyword, string value) => new(keyword, value, true);

    public static FitsCard OfNumber(string keyword, double value) => new(keyword, value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), false);

    public static FitsCard OfInteger(string keyword, long value) => new(keyword, value.ToString(System.Globalization.CultureInfo.InvariantCulture), false);

    public static FitsCard OfLogical(string keyword, bool value) => new(keyword, value ? "T" : "F", false);
}
