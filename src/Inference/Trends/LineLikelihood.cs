using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Trends;

/// <summary>
/// The likelihood of a line along which objects lie but for a scatter: y_i ~ N(level + slope (x_i - mean x), scatter^2) within the range of y, which the line itself does not leave, and each object's own y_i integrated out with its likelihood. Parameters: level,
/// ln(scatter), slope. An object's likelihood is a sum of 48 normals over its table, half their distance wide: smooth to 1.4 %, and wider by half a percent where the table spans ten deviations.
/// </summary>
internal sealed class LineLikelihood : ILikelihood
{
    private const int Normals = 48;

    private readonly double low, high, pivot;
    private readonly (double Offset, double[] Nodes, double[] Masses, double Variance)[] objects;

    /// <param name="x">Where the objects are.</param>
    /// <param name="y">The likelihood of each object's y, to any factor.</param>
    /// <param name="low">Lower end of the range of y.</param>
    /// <param name="high">Upper end.</param>
    public LineLikelihood(IReadOnlyList<double> x, IReadOnlyList<MarginalDensity> y, double low, double high)
    {
        (this.low, this.high) = (low, high);
        pivot = x.Average();
        objects = [.. x.Zip(y, (place, likelihood) => Of(place - pivot, likelihood))];
    }

    /// <summary>Level, ln(scatter), slope.</summary>
    public int ParameterCount => 3;

    /// <summary>None: the data are in the tables.</summary>
    public int DataCount => 0;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        logLikelihood.Clear();
        foreach (var (offset, nodes, masses, variance) in objects)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                var (mean, scatter) = (theta[3 * i] + theta[3 * i + 2] * offset, Math.Exp(theta[3 * i + 1]));
                if (!(mean >= low && mean <= high)) logLikelihood[i] = double.NegativeInfinity;
                if (double.IsNegativeInfinity(logLikelihood[i])) continue;
                var inverse = 1 / (scatter * scatter + variance);
                var sum = 0.0;
                for (var k = 0; k < nodes.Length; k++) sum += masses[k] * Math.Exp(-0.5 * (nodes[k] - mean) * (nodes[k] - mean) * inverse);
                logLikelihood[i] += Math.Log(sum) + 0.5 * Math.Log(inverse) - Math.Log(GaussianHats.MassBetween(low, high, mean, scatter));
            }
        }
    }

    // Every normal has the mass that lies within half a distance of it.
    private static (double Offset, double[] Nodes, double[] Masses, double Variance) Of(double offset, MarginalDensity likelihood)
    {
        var axis = new GridAxis(likelihood.Axis.Name, likelihood.Axis.Low, likelihood.Axis.High, Normals);
        var nodes = axis.Nodes();
        var masses = Array.ConvertAll(nodes, node => likelihood.Cumulative(node + 0.5 * axis.Step) - likelihood.Cumulative(node - 0.5 * axis.Step));
        return (offset, nodes, masses, 0.25 * axis.Step * axis.Step);
    }
}
