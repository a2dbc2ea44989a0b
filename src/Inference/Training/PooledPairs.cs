namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The pairs of several problems one after the other: parameters as they are, data standardised within their problem and freed of its linear trend with the parameters.
/// A group of one problem is none of another.
/// </summary>
internal sealed class PooledPairs : ISimulationPairs
{
    private readonly IReadOnlyList<ISimulationPairs> problems;
    private readonly PairScales[] scales;
    private readonly int[] starts;
    private readonly int[] groups;

    /// <exception cref="ArgumentException">No problem, problems of different widths, or a constant column.</exception>
    public PooledPairs(IReadOnlyList<ISimulationPairs> problems)
    {
        if (problems.Count == 0) throw new ArgumentException("no problem to learn from", nameof(problems));
        (this.problems, ParameterCount, DataCount) = (problems, problems[0].ParameterCount, problems[0].DataCount);
        if (problems.FirstOrDefault(one => one.ParameterCount != ParameterCount || one.DataCount != DataCount) is { } other)
            throw new ArgumentException($"a problem of {other.ParameterCount} parameters and {other.DataCount} data among those of {ParameterCount} and {DataCount}", nameof(problems));
        starts = new int[problems.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = checked(starts[i - 1] + problems[i - 1].Count);
        Count = checked(starts[^1] + problems[^1].Count);
        scales = [.. problems.Select(Measure)];
        groups = Number();
    }

    public int Count { get; }

    public int ParameterCount { get; }

    public int DataCount { get; }

    public int Group(int row) => groups[row];

    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        var standardized = new float[ParameterCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var problem = ProblemOf(rows[i]);
            var ofTheta = theta.Slice(i * ParameterCount, ParameterCount);
            var ofX = x.Slice(i * DataCount, DataCount);
            problems[problem].Read([rows[i] - starts[problem]], ofTheta, ofX);
            ofTheta.CopyTo(standardized);
            scales[problem].Conditions.Apply(standardized);
            scales[problem].Variables.Apply(ofX);
            scales[problem].Trend!.Remove(standardized, ofX);
        }
    }

    private static PairScales Measure(ISimulationPairs pairs)
    {
        int[] rows = [.. Enumerable.Range(0, Math.Min(StandardizedPairs.MeasuredRows, pairs.Count))];
        float[] theta = new float[rows.Length * pairs.ParameterCount], x = new float[rows.Length * pairs.DataCount];
        pairs.Read(rows, theta, x);
        return PairScales.Measure(theta, x, pairs.ParameterCount, pairs.DataCount, ("theta", "x"), withTrend: true);
    }

    private int ProblemOf(int row)
    {
        var found = Array.BinarySearch(starts, row);
        return found >= 0 ? found : ~found - 1;
    }

    // A group is called by the first row that is in it.
    private int[] Number()
    {
        var numbers = new int[Count];
        for (var problem = 0; problem < starts.Length; problem++)
        {
            var first = new Dictionary<int, int>();
            for (var row = 0; row < problems[problem].Count; row++)
            {
                first.TryAdd(problems[problem].Group(row), starts[problem] + row);
                numbers[starts[problem] + row] = first[problems[problem].Group(row)];
            }
        }
        return numbers;
    }
}
