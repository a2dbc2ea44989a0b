using System.Text;

namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// Turns the 80-character records of a header into keywords with values (FITS standard 4.0, section 4; long strings,
/// section 4.2.1.2). Records without a value (COMMENT, HISTORY, blank, HIERARCH) are left out.
/// </summary>
internal sealed class FitsCardParser
{
    private readonly List<FitsCard> cards = [];
    private readonly StringBuilder longText = new();
    private bool continues;

    public void Add(ReadOnlySpan<byte> record)
    {
        var keyword = Encoding.Latin1.GetString(record[..8]).TrimEnd();
        if (keyword == "CONTINUE" && continues) Continue(record[8..]);
        else
        {
            EndLongText();
            if (record[8] == '=' && record[9] == ' ' && keyword.Length > 0) Start(keyword, record[10..]);
        }
    }

    public IReadOnlyList<FitsCard> End()
    {
        EndLongText();
        return cards;
    }

    private void Start(string keyword, ReadOnlySpan<byte> field)
    {
        var start = field.IndexOfAnyExcept((byte)' ');
        if (start >= 0 && field[start] == '\'')
        {
            var text = Text(field[(start + 1)..]);
            cards.Add(FitsCard.OfText(keyword, text));
            continues = text.EndsWith('&');
            if (continues) longText.Clear().Append(text);
            return;
        }
        var comment = field.IndexOf((byte)'/');
        cards.Add(new(keyword, Encoding.Latin1.GetString(comment < 0 ? field : field[..comment]).Trim(), false));
    }

    private void Continue(ReadOnlySpan<byte> field)
    {
        var start = field.IndexOfAnyExcept((byte)' ');
        if (start < 0 || field[start] != '\'')
        {
            EndLongText();
            return;
        }
        var text = Text(field[(start + 1)..]);
        longText.Length--;
        longText.Append(text);
        if (!text.EndsWith('&')) EndLongText();
    }

    private void EndLongText()
    {
        if (continues) cards[^1] = FitsCard.OfText(cards[^1].Keyword, longText.ToString());
        continues = false;
    }

    // Up to the closing quote; two quotes stand for one; trailing blanks mean nothing.
    private static string Text(ReadOnlySpan<byte> field)
    {
        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\'' && (++i >= field.Length || field[i] != '\'')) break;
            text.Append((char)field[i]);
        }
        return text.ToString().TrimEnd(' ');
    }
}
