using System.Globalization;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Reads the Python dictionary of a .npy header: exactly the keys descr, fortran_order and shape, with a string, a
/// truth value and a tuple of whole numbers. Anything else that Python would accept there is named and refused.
/// </summary>
internal sealed class NpyDictionary(string text, string where)
{
    private int at;

    public (string Descr, bool FortranOrder, List<long> Shape) Parse()
    {
        string? descr = null;
        bool? fortran = null;
        List<long>? shape = null;
        Expect('{');
        while (!Take('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = ReadDescription(); break;
                case "fortran_order" when fortran is null: fortran = ReadTruth(); break;
                case "shape" when shape is null: shape = ReadTuple(); break;
                default: throw Unexpected($"the key '{key}'", "each of the keys descr, fortran_order and shape once");
            }
            if (!Take(',') && Peek() != '}') throw Unexpected(Here(), "a comma or a closing brace");
        }
        if (text.AsSpan(at).TrimEnd(" \n\0").Length > 0) throw Unexpected(Here(), "nothing after the closing brace");
        return (descr ?? throw Missing("descr"), fortran ?? throw Missing("fortran_order"), shape ?? throw Missing("shape"));
    }

    private string ReadDescription()
    {
        if (Peek() == '[') throw new BadInputException(where, "a structured array (fields with names)", "plain numbers", "save one field of the array");
        return ReadString();
    }

    private string ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"')) throw Unexpected(Here(), "a quoted string");
        var end = text.IndexOf(quote, at + 1);
        if (end < 0 || end - at > 64) throw Unexpected(Here(), "a closing quote");
        var value = text[(at + 1)..end];
        at = end + 1;
        return value;
    }

    private bool ReadTruth()
    {
        _ = Peek();
        if (text.AsSpan(at).StartsWith("True")) { at += 4; return true; }
        if (text.AsSpan(at).StartsWith("False")) { at += 5; return false; }
        throw Unexpected(Here(), "True or False");
    }

    private List<long> ReadTuple()
    {
        var sides = new List<long>();
        Expect('(');
        while (!Take(')'))
        {
            sides.Add(ReadWhole());
            if (!Take(',') && Peek() != ')') throw Unexpected(Here(), "a comma or a closing parenthesis");
            if (sides.Count > 32) throw Unexpected("more than 32 dimensions", "1 to 3 dimensions");
        }
        return sides;
    }

    private long ReadWhole()
    {
        _ = Peek();
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (end == at && text[end] == '-'))) end++;
        if (!long.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) throw Unexpected(Here(), "a whole number");
        at = end;
        if (Peek() == 'L') at++;
        return value;
    }

    private char Peek()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t') at++;
        return at < text.Length ? text[at] : '\0';
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted || at >= text.Length) return false;
        at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted)) throw Unexpected(Here(), $"'{wanted}'");
    }

    private string Here() => at >= text.Length ? "the end of the header" : $"'{text.AsSpan(at, Math.Min(12, text.Length - at))}' at byte {at} of the header";

    private BadInputException Missing(string key) => Unexpected($"no key '{key}'", "the keys descr, fortran_order and shape");

    private BadInputException Unexpected(string found, string expected) => new(where, found, expected, "the header is damaged: save the array again with numpy.save");
}
