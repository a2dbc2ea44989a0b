namespace ClusterSurvey.Inference.Methods;

/// <summary>Pairs in the roles of a posterior: the data are the conditions, the scores of the parameters the variables.</summary>
internal sealed class PosteriorPairs(ISimulationPairs pairs, ParameterBounds bounds) : ISimulationPairs
{
    private readonly NormalScores scores = new(bounds);

    /// <inheritdoc/>
    public int Count => pairs.Count;

    /// <inheritdoc/>
    public int ParameterCount => pairs.DataCount;

    /// <inheritdoc/>
    public int DataCount => pairs.ParameterCount;

    /// <inheritdoc/>
    public int Group(int row) => pairs.Group(row);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        pairs.Read(rows, x, theta);
        for (var i = 0; i < rows.Length * DataCount; i++)
        {
            var (row, parameter) = (i / DataCount, i % DataCount);
            var score = (float)scores.Score(x[i], parameter);
            if (float.IsNaN(score)) throw new ArgumentException($"theta row {rows[row]}, column {parameter} is {x[i]}, outside the prior's {bounds.Low[parameter]} to {bounds.High[parameter]}");
            x[i] = score;
        }
    }
}
