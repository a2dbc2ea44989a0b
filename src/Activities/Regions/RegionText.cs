namespace ClusterSurvey.Activities.Regions;

/// <summary>Takes the text of a region file apart: statements, comments, words, arguments.</summary>
internal static class RegionText
{
    /// <summary>The statements of a line; a semicolon in quotes or braces divides nothing.</summary>
    public static IEnumerable<string> Split(string line)
    {
        var start = 0;
        char? closing = null;
        var inComment = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (closing is not null)
            {
                if (c == closing) closing = null;
            }
            else if (c == '#') inComment = true;
            // Before a comment the quotes are units of arcsec and arcmin.
            else if (inComment && c is '{' or '"' or '\'') closing = c == '{' ? '}' : c;
            else if (c == ';')
            {
                yield return line[start..i];
                start = i + 1;
                inComment = false;
            }
        }
        yield return line[start..];
    }

    public static (string Code, string Comment) CutComment(string statement)
    {
        var at = statement.IndexOf('#', StringComparison.Ordinal);
        var code = at < 0 ? statement : statement[..at];
        return (code.Trim().TrimEnd('|').TrimEnd(), at < 0 ? "" : statement[at..]);
    }

    /// <summary>The leading word in lower case, without the sign before it.</summary>
    public static string FirstWord(string code)
    {
        var body = code.AsSpan().TrimStart("+-!").TrimStart();
        var length = 0;
        while (length < body.Length && (char.IsAsciiLetterOrDigit(body[length]) || body[length] == '_')) length++;
        return body[..length].ToString().ToLowerInvariant();
    }

    /// <summary>What follows the leading word, divided at commas and blanks.</summary>
    public static string[] Arguments(string code)
    {
        var body = code.AsSpan().TrimStart("+-!").TrimStart()[FirstWord(code).Length..].Trim();
        if (body.StartsWith("("))
        {
            if (!body.EndsWith(")")) throw new RegionSyntaxException(Show(code), "a closing parenthesis at its end", "correct the line, or delete it");
            body = body[1..^1];
        }
        return body.ToString().Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether attributes say include=0, the long form of a leading minus.</summary>
    public static bool IsSubtracted(string attributes) =>
        attributes.Split([' ', '\t', '#'], StringSplitOptions.RemoveEmptyEntries).Any(attribute => attribute.Equals("include=0", StringComparison.OrdinalIgnoreCase));

    /// <summary>At most 60 printable characters of a text, for a message.</summary>
    public static string Show(string text)
    {
        var shown = string.Concat(text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD' ? '?' : c));
        return text.Length > 60 ? shown + "..." : shown;
    }
}
