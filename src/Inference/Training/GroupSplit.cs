using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Training;

/// <summary>A random division of pairs into training and validation rows that divides no group (<see cref="ISimulationPairs.Group"/>).</summary>
/// <param name="Training">Rows to train on.</param>
/// <param name="Validation">Rows held out, group by group.</param>
/// <param name="ValidationGroups">The group of each row held out.</param>
internal sealed record GroupSplit(int[] Training, int[] Validation, int[] ValidationGroups)
{
    /// <summary>Holds out whole groups, in random order, until they have the wanted share of the rows; at least one group stays on each side.</summary>
    /// <exception cref="ArgumentException">All rows are one group.</exception>
    public static GroupSplit Draw(Seed seed, ISimulationPairs pairs, double validationFraction)
    {
        var wanted = Math.Max(1, (int)Math.Round(pairs.Count * validationFraction));
        if (pairs.Count > 1 && EveryRowAlone(pairs)) return DrawRows(seed, pairs.Count, wanted);
        var (groups, count) = Number(pairs);
        if (count < 2) throw new ArgumentException($"the {pairs.Count} pairs are one group: nothing independent of the training rows is left to hold out", nameof(pairs));
        int[] order = [.. Enumerable.Range(0, count)];
        seed.Stream().Shuffle(order.AsSpan());
        var (rows, start) = Gather(groups, order);
        var held = 1;
        while (held < count - 1 && start[held] < wanted) held++;
        var (validation, training) = (rows[..start[held]], rows[start[held]..]);
        return new GroupSplit(training, validation, Array.ConvertAll(validation, pairs.Group));
    }

    private static bool EveryRowAlone(ISimulationPairs pairs)
    {
        for (var row = 0; row < pairs.Count; row++) if (pairs.Group(row) != row) return false;
        return true;
    }

    // The same division with one array instead of many: a set larger than memory has rows without groups.
    private static GroupSplit DrawRows(Seed seed, int count, int wanted)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        seed.Stream().Shuffle(order.AsSpan());
        var held = Math.Min(count - 1, wanted);
        return new GroupSplit(order[held..], order[..held], order[..held]);
    }

    // Groups numbered from 0 in the order of their first rows.
    private static (int[] Groups, int Count) Number(ISimulationPairs pairs)
    {
        var numbers = new Dictionary<int, int>();
        var groups = new int[pairs.Count];
        for (var row = 0; row < groups.Length; row++)
        {
            var group = pairs.Group(row);
            if (!numbers.TryGetValue(group, out groups[row])) numbers[group] = groups[row] = numbers.Count;
        }
        return (groups, numbers.Count);
    }

    // The rows group by group in the given order of groups, and where each place in the order starts.
    private static (int[] Rows, int[] Start) Gather(int[] groups, int[] order)
    {
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        var start = new int[order.Length + 1];
        foreach (var group in groups) start[place[group] + 1]++;
        for (var i = 0; i < order.Length; i++) start[i + 1] += start[i];
        var (rows, next) = (new int[groups.Length], start[..^1]);
        for (var row = 0; row < groups.Length; row++) rows[next[place[groups[row]]]++] = row;
        return (rows, start);
    }
}
