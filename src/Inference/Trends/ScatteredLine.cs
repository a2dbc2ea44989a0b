using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Trends;

/// <summary>
/// A straight line through points that scatter about it by more than their errors: y_i = a + b (x_i - mean x) + N(0, e_i^2 + s^2), with flat priors on a, on b, and on
/// the intrinsic scatter s from 0 to three times the deviation of the y_i. Given s, a and b are normal and integrated out; s is on a grid.
/// </summary>
public sealed class ScatteredLine
{
    /// <summary>A slope and a scatter need more points than that have numbers.</summary>
    public const int FewestPoints = 4;

    private const int Nodes = 100;
    private const double WidestScatter = 3;

    private readonly double[] scatters, weights, slopes, slopeErrors, levels;

    /// <param name="x">Where the points are; not all the same.</param>
    /// <param name="y">Their values.</param>
    /// <param name="errors">Standard errors of the values, above 0.</param>
    /// <exception cref="ArgumentException">Fewer than four points, lengths that differ, an error that is not above 0, or all x the same.</exception>
    public ScatteredLine(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errors)
    {
        if (x.Length != y.Length || x.Length != errors.Length || x.Length < FewestPoints)
            throw new ArgumentException($"{x.Length}, {y.Length} and {errors.Length} values: a line with scatter needs {FewestPoints} points or more", nameof(y));
        foreach (var error in errors)
            if (!(error > 0) || !double.IsFinite(error)) throw new ArgumentException($"an error is {error}: errors are finite and above 0", nameof(errors));
        Pivot = Mean(x);
        var deviation = Deviation(y);
        if (!(Deviation(x) > 0)) throw new ArgumentException("all x are the same: there is no slope", nameof(x));
        (scatters, weights, slopes, slopeErrors, levels) = (new double[Nodes], new double[Nodes], new double[Nodes], new double[Nodes], new double[Nodes]);
        for (var k = 0; k < Nodes; k++)
        {
            // Middles of cells: a scatter of exactly 0 is the limit of the first.
            scatters[k] = WidestScatter * Math.Max(deviation, double.Epsilon) * (k + 0.5) / Nodes;
            Fit(x, y, errors, k);
        }
        var highest = weights.Max();
        for (var k = 0; k < Nodes; k++) weights[k] = Math.Exp(weights[k] - highest);
        var sum = weights.Sum();
        for (var k = 0; k < Nodes; k++) weights[k] /= sum;
    }

    /// <summary>The mean of x, at which the line has the level a.</summary>
    public double Pivot { get; }

    /// <summary>Mean of the posterior of the level a at the mean of x.</summary>
    public double Level => levels.Zip(weights, (level, weight) => level * weight).Sum();

    /// <summary>Mean of the posterior of the slope b.</summary>
    public double MeanSlope => slopes.Zip(weights, (slope, weight) => slope * weight).Sum();

    /// <summary>A quantile of the posterior of the slope b.</summary>
    public double Slope(double probability)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var k = 0; k < Nodes; k++) (low, high) = (Math.Min(low, slopes[k] - 9 * slopeErrors[k]), Math.Max(high, slopes[k] + 9 * slopeErrors[k]));
        for (var step = 0; step < 80; step++)
        {
            var middle = 0.5 * (low + high);
            if (CumulativeOfSlope(middle) < probability) low = middle;
            else high = middle;
        }
        return 0.5 * (low + high);
    }

    /// <summary>A quantile of the posterior of the intrinsic scatter s.</summary>
    public double Scatter(double probability)
    {
        var (sum, half) = (0.0, scatters[0]);
        for (var k = 0; k < Nodes; k++)
        {
            if (sum + weights[k] >= probability) return scatters[k] - half + 2 * half * (weights[k] > 0 ? (probability - sum) / weights[k] : 0.5);
            sum += weights[k];
        }
        return scatters[^1] + half;
    }

    private double CumulativeOfSlope(double slope)
    {
        var sum = 0.0;
        for (var k = 0; k < Nodes; k++) sum += weights[k] * StandardNormal.Cumulative((slope - slopes[k]) / slopeErrors[k]);
        return sum;
    }

    private void Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errors, int node)
    {
        var (w, wx, wy, logs) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var weight = Weight(errors[i], node);
            (w, wx, wy, logs) = (w + weight, wx + weight * x[i], wy + weight * y[i], logs + Math.Log(weight));
        }
        var (meanX, meanY, wxx, wxy) = (wx / w, wy / w, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var weight = Weight(errors[i], node);
            (wxx, wxy) = (wxx + weight * (x[i] - meanX) * (x[i] - meanX), wxy + weight * (x[i] - meanX) * (y[i] - meanY));
        }
        var (slope, squares) = (wxy / wxx, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var rest = y[i] - meanY - slope * (x[i] - meanX);
            squares += Weight(errors[i], node) * rest * rest;
        }
        (slopes[node], slopeErrors[node], levels[node]) = (slope, 1 / Math.Sqrt(wxx), meanY + slope * (Pivot - meanX));
        weights[node] = 0.5 * (logs - squares - Math.Log(w) - Math.Log(wxx));
    }

    private double Weight(double error, int node) => 1 / (error * error + scatters[node] * scatters[node]);

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static double Deviation(ReadOnlySpan<double> values)
    {
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values) sum += (value - mean) * (value - mean);
        return Math.Sqrt(sum / (values.Length - 1));
    }
}
