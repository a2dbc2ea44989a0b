using System.Globalization;

namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// One keyword of a header with its value as written: text without its quotes, any other value as it stands.
/// Long strings (CONTINUE) are already joined.
/// </summary>
public readonly record struct FitsCard(string Keyword, string Value, bool IsText)
{
    public static FitsCard OfText(string keyword, string value) => new(keyword, value, true);

    /// <exception cref="ArgumentException">The value is not finite: FITS has no word for it.</exception>
    public static FitsCard OfNumber(string keyword, double value) => double.IsFinite(value)
        ? new(keyword, value.ToString("R", CultureInfo.InvariantCulture), false)
        : throw new ArgumentException($"found {value} for {keyword}, expected a finite number", nameof(value));

    public static FitsCard OfInteger(string keyword, long value) => new(keyword, value.ToString(CultureInfo.InvariantCulture), false);

    public static FitsCard OfLogical(string keyword, bool value) => new(keyword, value ? "T" : "F", false);
}
