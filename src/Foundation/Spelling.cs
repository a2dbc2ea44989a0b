namespace ClusterSurvey.Foundation;

/// <summary>Finds what a mistyped name was meant to be.</summary>
public static class Spelling
{
    /// <summary>
    /// The known name closest to <paramref name="name"/>, or null when none is close: case is ignored, and at most a
    /// third of the letters (but two in any case) may differ, by the edit distance of Damerau and Levenshtein.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        if (name.Length > 200) return null;
        var allowed = Math.Max(2, name.Length / 3);
        return known.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= allowed && pair.distance < Math.Max(pair.candidate.Length, name.Length))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate).FirstOrDefault();
    }

    /// <summary>The clause "did you mean 'x'?" for an error, or what there is to choose from when nothing is close.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (Nearest(name, known) is { } nearest) return $"did you mean '{nearest}'?";
        if (known.Count == 0) return "there is nothing to choose from";
        return $"choose from {string.Join(", ", known.Order(StringComparer.Ordinal).Take(12))}{(known.Count > 12 ? $" and {known.Count - 12} more" : "")}";
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two texts, ignoring case.</summary>
    public static int Distance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replace, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }
        return distance[a.Length, b.Length];
    }
}
