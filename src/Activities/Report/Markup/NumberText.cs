using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Markup;

/// <summary>Numbers as a paper prints them: real minus signs, powers of ten as superscripts, digits set by the error.</summary>
public static class NumberText
{
    private const string None = "–";

    /// <summary>A number to some significant digits; beyond 10^5 or below 10^-3 as a power of ten.</summary>
    public static string Significant(double value, int digits = 3)
    {
        if (!double.IsFinite(value)) return None;
        if (value == 0) return "0";
        var exponent = Exponent(value, digits);
        if (exponent is >= 6 or < -3) return Fixed(value / Math.Pow(10, exponent), digits - 1) + " × 10" + Superscript(exponent);
        return Fixed(value, Math.Max(0, digits - 1 - exponent));
    }

    /// <summary>A number to some decimals.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return None;
        var text = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().ContainsAnyExcept('0', '.') ? "−" + text : text;
    }

    /// <summary>A count with thin spaces between groups of three digits.</summary>
    public static string Count(double value) =>
        double.IsFinite(value) ? Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u2009').Replace('-', '−') : None;

    /// <summary>An exponent in superscript digits.</summary>
    public static string Superscript(int exponent)
    {
        var text = new StringBuilder(exponent < 0 ? "⁻" : "");
        foreach (var digit in Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)) text.Append("⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']);
        return text.ToString();
    }

    /// <summary>
    /// Median and the two errors of the 68 % interval, with as many decimals as give the smaller error two significant
    /// digits, but the larger one no more than three.
    /// </summary>
    public static (string Median, string Plus, string Minus) WithErrors(PosteriorSummary posterior)
    {
        if (!posterior.IsFinite) return (None, "", "");
        var (plus, minus) = (posterior.High68 - posterior.Median, posterior.Median - posterior.Low68);
        var decimals = Decimals(posterior.Median, plus, minus);
        return (Fixed(posterior.Median, decimals), "+" + Fixed(plus, decimals), "−" + Fixed(minus, decimals));
    }

    /// <summary>A value with the decimals that a posterior is printed with.</summary>
    public static string Like(double value, PosteriorSummary posterior) => posterior.IsFinite
        ? Fixed(value, Decimals(posterior.Median, posterior.High68 - posterior.Median, posterior.Median - posterior.Low68))
        : Significant(value);

    /// <summary>The same in one line of plain text; one error when both print alike, spaces that do not break.</summary>
    public static string InOneLine(PosteriorSummary posterior)
    {
        var (median, plus, minus) = WithErrors(posterior);
        if (plus.Length == 0) return median;
        return plus[1..] == minus[1..] ? $"{median}\u00a0±\u00a0{plus[1..]}" : $"{median}\u00a0{plus}\u00a0{minus}";
    }

    /// <summary>The same for a page: the errors stand above each other.</summary>
    public static XElement ToHtml(PosteriorSummary posterior)
    {
        var (median, plus, minus) = WithErrors(posterior);
        if (plus.Length == 0) return Html.Tag("span", "q", median);
        return Html.Tag("span", "q", median, Html.Tag("span", "pm", Html.Tag("span", null, plus), " ", Html.Tag("span", null, minus)));
    }

    /// <summary>A value with a symmetric error.</summary>
    public static string WithError(double value, double? error) =>
        error is not > 0 ? Significant(value, 4) : Fixed(value, Decimals(value, error.Value, error.Value)) + " ± " + Fixed(error.Value, Decimals(value, error.Value, error.Value));

    private static int Decimals(double value, double plus, double minus)
    {
        var (small, large) = (Math.Min(plus, minus), Math.Max(plus, minus));
        if (large <= 0) return value == 0 ? 0 : Math.Clamp(2 - Exponent(value, 3), 0, 8);
        var byLarge = 2 - Exponent(large, 3);
        var bySmall = small > 0 ? 1 - Exponent(small, 2) : byLarge;
        return Math.Clamp(Math.Min(bySmall, byLarge), 0, 8);
    }

    /// <summary>The exponent that a number has once it is rounded: 0.0996 to two digits is 1.0 × 10^-1.</summary>
    private static int Exponent(double value, int digits)
    {
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var rounded = Math.Round(Math.Abs(value) / Math.Pow(10, exponent), digits - 1);
        return rounded >= 10 ? exponent + 1 : exponent;
    }
}
