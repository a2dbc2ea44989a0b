namespace ClusterSurvey.Inference.Methods;

/// <summary>The check that a table has the length that its rows ask for.</summary>
internal static class RowLength
{
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Require(int length, int expected, string name)
    {
        if (length != expected) throw new ArgumentException($"{name} has {length} numbers where {expected} are expected", name);
    }
}
