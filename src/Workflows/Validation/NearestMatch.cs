namespace ClusterSurvey.Workflows.Validation;

/// <summary>Finds what somebody may have meant.</summary>
public static class NearestMatch
{
    /// <summary>The candidate that takes the fewest edits; null when none is close.</summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        var best = candidates.Select(candidate => (Candidate: candidate, Edits: Edits(text.ToUpperInvariant(), candidate.ToUpperInvariant()))).OrderBy(found => found.Edits).ThenBy(found => found.Candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.Candidate is not null && best.Edits <= Math.Max(2, text.Length / 3) ? best.Candidate : null;
    }

    /// <summary>What to do about an unknown name: the nearest one, or all of them.</summary>
    public static string Remedy(string text, IReadOnlyCollection<string> candidates)
    {
        if (Of(text, candidates) is { } near) return $"did you mean '{near}'?";
        return candidates.Count == 0 ? "there is none to choose from" : $"choose one of {string.Join(", ", candidates.Order(StringComparer.Ordinal))}";
    }

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[to.Length];
    }
}
