namespace ClusterSurvey.Inference.Priors;

/// <summary>The name that somebody may have meant: the fewest letters inserted, deleted or replaced (Levenshtein 1966).</summary>
internal static class NearestName
{
    public static string Suggest(string found, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var nearest = names.MinBy(name => Distance(found, name))!;
        var close = Distance(found, nearest) <= Math.Max(2, nearest.Length / 2);
        return close ? $"; did you mean '{nearest}'?" : $"; expected one of {string.Join(", ", names)}";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
