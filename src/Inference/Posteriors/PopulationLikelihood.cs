using System.Numerics;
using System.Runtime.InteropServices;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// The likelihood of a population from which objects draw their parameters: theta_i ~ N(mean, scatter^2), independent in
/// each parameter and cut to the range of the cubes, and p(x_i | mean, scatter) is the integral of the object's likelihood
/// over that density. Its parameters are the means and then ln(scatter) of every parameter; its data are in the cubes, so
/// its observation is empty. With a prior over them it goes where every likelihood goes, for instance to
/// <see cref="Samplers.EnsembleSampler"/>.
/// </summary>
public sealed class PopulationLikelihood : ILikelihood
{
    private readonly ParameterGrid range;
    private readonly int nodes;
    private readonly (ParameterGrid Grid, double[] Density, double LogIntegral)[] objects;

    /// <summary>The population of these objects.</summary>
    /// <param name="objects">The objects with their cubes, all on the same grid.</param>
    /// <exception cref="ArgumentException">Fewer than two objects, or cubes on different grids.</exception>
    public PopulationLikelihood(IEnumerable<NamedCube> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var named = objects.ToArray();
        if (named.Length < 2) throw new ArgumentException($"{named.Length} objects: a population needs two or more", nameof(objects));
        range = named[0].Cube.Grid;
        // Along each parameter across the mass of one object: linear pieces widen it by 0.1, 0.6, 3 or 8 % for one to four parameters.
        nodes = range.Dimensions switch { 1 => 128, 2 => 48, 3 => 24, _ => 14 };
        var flat = range.ToFlatPrior();
        this.objects = Array.ConvertAll(named, one => Tabulate(one, flat));
    }

    /// <summary>Means and ln(scatter): twice the number of parameters of an object.</summary>
    public int ParameterCount => 2 * range.Dimensions;

    /// <summary>None: the observations are in the cubes.</summary>
    public int DataCount => 0;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
    {
        if (theta.Length != logLikelihood.Length * ParameterCount) throw new ArgumentException($"theta has {theta.Length} values, {logLikelihood.Length} points need {logLikelihood.Length * ParameterCount}", nameof(theta));
        var scatters = new double[theta.Length / 2];
        var logInside = new double[logLikelihood.Length];
        for (var i = 0; i < logInside.Length; i++) logInside[i] = LogInside(theta.Slice(i * ParameterCount, ParameterCount), scatters.AsSpan(i * range.Dimensions, range.Dimensions));
        logLikelihood.Clear();
        // A table is large, and all points are asked of it while it is in the processor's cache.
        foreach (var (grid, density, logIntegral) in objects)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                logLikelihood[i] = double.IsFinite(logInside[i])
                    ? logLikelihood[i] + (logIntegral + Math.Log(Integrate(grid, density, theta.Slice(i * ParameterCount, range.Dimensions), scatters.AsSpan(i * range.Dimensions, range.Dimensions))) - logInside[i])
                    : double.NegativeInfinity;
            }
        }
    }

    // The scatters, and the logarithm of the part of the population that is within the range.
    private double LogInside(ReadOnlySpan<double> theta, Span<double> scatter)
    {
        var sum = 0.0;
        for (var axis = 0; axis < scatter.Length; axis++)
        {
            scatter[axis] = Math.Exp(theta[scatter.Length + axis]);
            sum += Math.Log(GaussianHats.MassBetween(range.Axes[axis].Low, range.Axes[axis].High, theta[axis], scatter[axis]));
        }
        return sum;
    }

    private double Integrate(ParameterGrid grid, ReadOnlySpan<double> density, ReadOnlySpan<double> mean, ReadOnlySpan<double> scatter)
    {
        Span<double> weights = stackalloc double[grid.Dimensions * nodes];
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            GaussianHats.Weights(grid.Axes[axis], mean[axis], scatter[axis], weights.Slice(axis * nodes, nodes));
        }
        return Contract(density, weights);
    }

    /// <summary>The sum of the values times the weights of all their axes, as many weights an axis.</summary>
    private double Contract(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (weights.Length == nodes) return Dot(values, weights);
        var inner = values.Length / nodes;
        var sum = 0.0;
        for (var i = 0; i < nodes; i++)
        {
            // Far from the population's mean nothing is left to add.
            if (weights[i] > 0) sum += weights[i] * Contract(values.Slice(i * inner, inner), weights[nodes..]);
        }
        return sum;
    }

    private static double Dot(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        // Nearly all of the time of a population is spent here.
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
        var weightLanes = MemoryMarshal.Cast<double, Vector<double>>(weights);
        var partial = Vector<double>.Zero;
        for (var i = 0; i < lanes.Length; i++) partial += lanes[i] * weightLanes[i];
        var sum = Vector.Sum(partial);
        for (var i = lanes.Length * Vector<double>.Count; i < values.Length; i++) sum += values[i] * weights[i];
        return sum;
    }

    private (ParameterGrid Grid, double[] Density, double LogIntegral) Tabulate(NamedCube one, Prior flat)
    {
        var first = flat.Parameters.Zip(one.Cube.Grid.Axes).All(pair => pair.First.Distribution.Low == pair.Second.Low && pair.First.Distribution.High == pair.Second.High);
        if (!first) throw new ArgumentException($"the cube of '{one.Name}' covers {one.Cube.Grid}, another range than the first object's: tabulate all on one grid", nameof(one));
        var posterior = GridPosterior.From(flat, one.Cube, new() { DensityNodes = nodes });
        return (posterior.Grid, posterior.Density.ToArray(), posterior.LogEvidence - flat.Parameters.Sum(p => p.Distribution.LogDensity(p.Distribution.Low)));
    }
}
