namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Equidistant nodes along one parameter, the first at <see cref="Low"/> and the last at <see cref="High"/>.</summary>
public sealed record GridAxis
{
    /// <summary>An axis of <paramref name="count"/> nodes.</summary>
    /// <exception cref="ArgumentException">The bounds do not ascend or there are fewer than two nodes.</exception>
    public GridAxis(string name, double low, double high, int count)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!(high > low) || !double.IsFinite(high - low)) throw new ArgumentException($"axis '{name}' goes from {low} to {high}: its bounds must be finite and ascend", nameof(high));
        if (count < 2) throw new ArgumentException($"axis '{name}' has {count} nodes: it needs at least 2", nameof(count));
        (Name, Low, High, Count) = (name, low, high, count);
    }

    /// <summary>Name of the parameter.</summary>
    public string Name { get; }

    /// <summary>First node.</summary>
    public double Low { get; }

    /// <summary>Last node.</summary>
    public double High { get; }

    /// <summary>Number of nodes.</summary>
    public int Count { get; }

    /// <summary>Distance between neighbouring nodes.</summary>
    public double Step => (High - Low) / (Count - 1);

    /// <summary>Position of node <paramref name="index"/>.</summary>
    public double Node(int index) => index == Count - 1 ? High : Low + index * ((High - Low) / (Count - 1));

    /// <summary>All node positions.</summary>
    public double[] Nodes()
    {
        var nodes = new double[Count];
        for (var i = 0; i < Count; i++) nodes[i] = Node(i);
        return nodes;
    }
}
