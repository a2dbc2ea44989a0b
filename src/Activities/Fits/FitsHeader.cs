using System.Globalization;

namespace ClusterSurvey.Activities.Fits;

/// <summary>The keywords of one HDU. A keyword that stands twice has its first value.</summary>
public sealed class FitsHeader
{
    private readonly Dictionary<string, FitsCard> byKeyword;

    public FitsHeader(string file, int hdu, IReadOnlyList<FitsCard> cards, int records)
    {
        (File, Hdu, Cards, Records) = (file, hdu, cards, records);
        byKeyword = new(cards.Count);
        foreach (var card in cards) byKeyword.TryAdd(card.Keyword, card);
    }

    public string File { get; }

    public int Hdu { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<FitsCard> Cards { get; }

    /// <summary>80-character records up to END, with comments and continuations.</summary>
    public int Records { get; }

    public bool Has(string keyword) => byKeyword.ContainsKey(keyword);

    /// <summary>The text of a keyword, or none when it is missing or not a text.</summary>
    public string? TextOrNull(string keyword) => byKeyword.TryGetValue(keyword, out var card) && card.IsText ? card.Value : null;

    /// <exception cref="FitsException">The keyword is missing or not a text.</exception>
    public string Text(string keyword)
    {
        var card = Mandatory(keyword, "a text");
        return card.IsText ? card.Value : throw Wrong(keyword, "a text in quotes");
    }

    /// <exception cref="FitsException">The keyword is missing or not an integer of 64 bits.</exception>
    public long Integer(string keyword)
    {
        Mandatory(keyword, "an integer");
        return IntegerOrNull(keyword)!.Value;
    }

    /// <exception cref="FitsException">The keyword is there and not an integer of 64 bits.</exception>
    public long? IntegerOrNull(string keyword)
    {
        if (!byKeyword.TryGetValue(keyword, out var card)) return null;
        return !card.IsText && long.TryParse(card.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(keyword, "an integer");
    }

    /// <exception cref="FitsException">The keyword is missing or not a finite number.</exception>
    public double Number(string keyword)
    {
        Mandatory(keyword, "a number");
        return NumberOrNull(keyword)!.Value;
    }

    /// <exception cref="FitsException">The keyword is there and not a finite number.</exception>
    public double? NumberOrNull(string keyword)
    {
        if (!byKeyword.TryGetValue(keyword, out var card)) return null;
        return !card.IsText && TryNumber(card.Value, out var value) ? value : throw Wrong(keyword, "a finite number");
    }

    /// <summary>Whether a keyword holds the logical value T.</summary>
    public bool IsTrue(string keyword) => byKeyword.TryGetValue(keyword, out var card) && !card.IsText && card.Value == "T";

    /// <summary>The value as the file has it, for messages: printable, and cut to 60 characters.</summary>
    public string Show(string keyword) => byKeyword.TryGetValue(keyword, out var card) ? Printable.Cut(card.IsText ? $"'{card.Value}'" : card.Value) : "nothing";

    internal FitsException Wrong(string keyword, string expected, string remedy = "correct the header, or name another file") =>
        new(File, Hdu, keyword, Show(keyword), expected, remedy);

    internal static bool TryNumber(string text, out double value) =>
        // FORTRAN writes the exponent of a double with a D.
        double.TryParse(text.Replace('D', 'E').Replace('d', 'e'), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private FitsCard Mandatory(string keyword, string expected) => byKeyword.TryGetValue(keyword, out var card) ? card : throw Wrong(keyword, expected);
}
