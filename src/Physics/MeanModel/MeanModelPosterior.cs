using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Posterior of the mean model's ten parameters: a normal approximation at the maximum in an unconstrained space, or draws of the posterior itself
/// where that approximation was found too rough.
/// </summary>
public sealed class MeanModelPosterior
{
    private const int Dimension = UnconstrainedSpace.Dimension;

    private readonly UnconstrainedSpace space;
    private readonly SymmetricSystem covariance;

    /// <summary>The posterior of a stored state.</summary>
    /// <exception cref="ArgumentException">The state's arrays do not belong to ten parameters, or its covariance is not positive definite.</exception>
    public MeanModelPosterior(MeanModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Maximum.Length != Dimension || state.Covariance.Length != Dimension * Dimension || state.Draws.Length % Dimension != 0)
            throw new ArgumentException($"a mean model's state has {Dimension} parameters, found {state.Maximum.Length}, {state.Covariance.Length} covariances, {state.Draws.Length} drawn numbers", nameof(state));
        State = state;
        space = new UnconstrainedSpace(state.Priors);
        var matrix = new double[Dimension, Dimension];
        for (var i = 0; i < state.Covariance.Length; i++) matrix[i / Dimension, i % Dimension] = state.Covariance[i];
        covariance = SymmetricSystem.Factorise(matrix) ?? throw new ArgumentException("the stored covariance is not positive definite; fit the mean model again", nameof(state));
        Best = space.ToParameters(state.Maximum);
    }

    /// <summary>Everything above as plain numbers.</summary>
    public MeanModelState State { get; }

    /// <summary>The parameters of highest posterior density: regions and residuals are measured with them.</summary>
    public MeanModelParameters Best { get; }

    /// <summary>How well the best model describes the counts.</summary>
    public MeanModelGoodness Goodness => State.Goodness;

    /// <summary>What to know before trusting the fit; empty when nothing is wrong.</summary>
    public IReadOnlyList<MeanModelFlag> Flags => State.Flags;

    /// <summary>One draw of the posterior.</summary>
    public MeanModelParameters Draw(Seed seed)
    {
        var stream = seed.Stream();
        if (State.Draws.Length > 0)
        {
            var index = stream.NextInt32(State.Draws.Length / Dimension);
            return space.ToParameters(State.Draws.AsSpan(index * Dimension, Dimension));
        }
        Span<double> normal = stackalloc double[Dimension];
        stream.FillNormal(normal);
        var step = covariance.Multiply(normal);
        for (var i = 0; i < Dimension; i++) step[i] += State.Maximum[i];
        return space.ToParameters(step);
    }

    /// <summary>Covariance of the parameters in the order of <see cref="MeanModelParameters.Names"/>, from draws.</summary>
    /// <param name="seed">Origin of the draws.</param>
    /// <param name="draws">How many; default 2000.</param>
    public double[,] Covariance(Seed seed, int draws = 2000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var values = Enumerable.Range(0, draws).Select(i => Unwrapped(Draw(seed.Derive(i)))).ToArray();
        double[] mean = [.. Enumerable.Range(0, Dimension).Select(p => values.Average(value => value[p]))];
        var matrix = new double[Dimension, Dimension];
        foreach (var value in values)
            for (var p = 0; p < Dimension; p++)
                for (var q = 0; q < Dimension; q++)
                    matrix[p, q] += (value[p] - mean[p]) * (value[q] - mean[q]) / (draws - 1);
        return matrix;
    }

    /// <summary>The mean model on the grid of a map set.</summary>
    public SurfaceBrightnessModel Model(MapSet maps) => new(maps, State.Cooling, State.Temperature);

    /// <summary>The unperturbed emission of some parameters on the grid of a map set, for the simulators.</summary>
    public ClusterEmission Emission(MeanModelParameters parameters, MapSet maps) => Model(maps).Emission(parameters);

    // Angles are the same modulo pi: bring each within a quarter turn of the best one.
    private double[] Unwrapped(MeanModelParameters parameters)
    {
        var values = parameters.ToArray();
        values[0] -= Math.PI * Math.Round((values[0] - Best.Angle) / Math.PI);
        return values;
    }
}
