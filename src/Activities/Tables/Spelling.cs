namespace ClusterSurvey.Activities.Tables;

/// <summary>Finds what somebody probably meant by a name that is not known.</summary>
public static class Spelling
{
    /// <summary>The number of letters to insert, drop, replace or swap with their neighbour to turn one name into the other, whatever their case.</summary>
    public static int Distance(string left, string right)
    {
        var (a, b) = (left.ToLowerInvariant(), right.ToLowerInvariant());
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[a.Length, b.Length];
    }

    /// <summary>The known name closest to this one, or null when none is close (more than a third of the letters differ, and more than two).</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (best, bestDistance) = ((string?)null, Math.Max(2, name.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var distance = name.Length > 200 ? int.MaxValue : Distance(name, candidate);
            if (distance < bestDistance) (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>"did you mean 'x'?", or the list of what there is.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known) =>
        Nearest(name, known) is { } nearest ? $"did you mean '{nearest}'?"
        : known.Count == 0 ? "there is nothing to choose from"
        : $"choose from {string.Join(", ", known.Take(12))}{(known.Count > 12 ? $" and {known.Count - 12} more" : "")}";
}
