using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// The cloud of simulated data that a network has learnt from. An observation outside it asks the network to
/// extrapolate: its posterior then means nothing, however narrow. With data simulated from the posterior instead,
/// the same question is the posterior predictive check.
/// </summary>
public sealed class TrainingCloud
{
    /// <summary>The share of the cloud that counts as inside.</summary>
    public const double Share = 0.999;

    private readonly double[][] sorted;
    private readonly double[] distances;
    private readonly Ellipsoids ellipsoids;
    private readonly int[] varying;

    /// <summary>A cloud of simulated data.</summary>
    /// <param name="x">Data row by row, n x <paramref name="dataCount"/>; at least 20 rows and more rows than data.</param>
    /// <param name="dataCount">Number of data of one simulation.</param>
    /// <exception cref="ArgumentException">Too few rows, a value that is not finite, or data that determine each other.</exception>
    public TrainingCloud(ReadOnlySpan<double> x, int dataCount)
    {
        if (dataCount < 1 || x.Length % dataCount != 0) throw new ArgumentException($"{x.Length} values are no rows of {dataCount} data", nameof(x));
        var rows = x.Length / dataCount;
        if (rows < Math.Max(20, dataCount + 1)) throw new ArgumentException($"{rows} simulations of {dataCount} data: a cloud needs at least {Math.Max(20, dataCount + 1)}", nameof(x));
        sorted = new double[dataCount][];
        for (var j = 0; j < dataCount; j++) sorted[j] = SortedColumn(x, dataCount, j);
        // A constant datum has no scatter to measure distances by; its marginal still judges.
        varying = [.. Enumerable.Range(0, dataCount).Where(j => sorted[j][^1] > sorted[j][0])];
        if (varying.Length == 0) throw new ArgumentException("all data of the cloud are constant", nameof(x));
        var points = Matrix<double>.Build.Dense(rows, varying.Length);
        for (var i = 0; i < rows; i++) for (var j = 0; j < varying.Length; j++) points[i, j] = x[i * dataCount + varying[j]];
        ellipsoids = Ellipsoids.Fit(points) ?? throw new ArgumentException("some data of the cloud are linear combinations of others: leave them out", nameof(x));
        distances = new double[rows];
        for (var i = 0; i < rows; i++) distances[i] = SquaredDistance(x.Slice(i * dataCount, dataCount));
        Array.Sort(distances);
    }

    /// <summary>Number of data of one simulation.</summary>
    public int DataCount => sorted.Length;

    /// <summary>Where an observation lies in the cloud.</summary>
    /// <exception cref="ArgumentException">Another number of data, or a value that is not finite.</exception>
    public CloudPosition Locate(ReadOnlySpan<double> x)
    {
        if (x.Length != DataCount) throw new ArgumentException($"the observation has {x.Length} values, the cloud {DataCount}", nameof(x));
        foreach (var value in x) if (!double.IsFinite(value)) throw new ArgumentException($"a value of the observation is {value}: all must be finite", nameof(x));
        var percentiles = new double[x.Length];
        var outside = new List<int>();
        for (var j = 0; j < x.Length; j++)
        {
            percentiles[j] = ShareBelow(sorted[j], x[j]);
            if (x[j] < Order(sorted[j], (1 - Share) / 2) || x[j] > Order(sorted[j], (1 + Share) / 2)) outside.Add(j);
        }
        var distance = SquaredDistance(x);
        return new CloudPosition([.. outside], percentiles, Math.Sqrt(distance), ShareBelow(distances, distance));
    }

    private double SquaredDistance(ReadOnlySpan<double> x)
    {
        Span<double> kept = varying.Length <= 128 ? stackalloc double[varying.Length] : new double[varying.Length];
        for (var j = 0; j < kept.Length; j++) kept[j] = x[varying[j]];
        return ellipsoids.SquaredDistance(kept);
    }

    private static double[] SortedColumn(ReadOnlySpan<double> x, int dataCount, int column)
    {
        var values = new double[x.Length / dataCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = x[i * dataCount + column];
            if (!double.IsFinite(values[i])) throw new ArgumentException($"datum {column} of simulation {i} is {values[i]}: all must be finite", nameof(x));
        }
        Array.Sort(values);
        return values;
    }

    private static double Order(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]) : sorted[^1];
    }

    private static double ShareBelow(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return (double)low / sorted.Length;
    }
}
