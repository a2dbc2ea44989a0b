using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Posterior of the mean model's ten parameters: its maximum and draws of it.
/// </summary>
public sealed class MeanModelPosterior
{
    private const int Dimension = UnconstrainedSpace.Dimension;

    private readonly UnconstrainedSpace space;

    /// <summary>The posterior of a stored state.</summary>
    /// <exception cref="ArgumentException">The state's arrays do not belong to ten parameters.</exception>
    public MeanModelPosterior(MeanModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Maximum.Length != Dimension || state.Draws.Length == 0 || state.Draws.Length % Dimension != 0)
            throw new ArgumentException(
                $"a mean model's state has a maximum of {Dimension} numbers and draws of {Dimension} each, found {state.Maximum.Length} and {state.Draws.Length}; fit the mean model again", nameof(state));
        State = state;
        space = new UnconstrainedSpace(state.Priors);
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

    /// <summary>How many different draws there are.</summary>
    public int DrawCount => State.Draws.Length / Dimension;

    /// <summary>One draw of the posterior, chosen by the seed among <see cref="DrawCount"/>.</summary>
    public MeanModelParameters Draw(Seed seed) => Draw(seed.Stream().NextInt32(DrawCount));

    /// <summary>Draw number <paramref name="index"/>, from 0.</summary>
    public MeanModelParameters Draw(int index) => space.ToParameters(State.Draws.AsSpan(index * Dimension, Dimension));

    /// <summary>Covariance of the parameters in the order of <see cref="MeanModelParameters.Names"/>; angles are compared modulo pi.</summary>
    public double[,] Covariance()
    {
        var values = Enumerable.Range(0, DrawCount).Select(i => Unwrapped(Draw(i))).ToArray();
        double[] mean = [.. Enumerable.Range(0, Dimension).Select(p => values.Average(value => value[p]))];
        var matrix = new double[Dimension, Dimension];
        foreach (var value in values)
            for (var p = 0; p < Dimension; p++)
                for (var q = 0; q < Dimension; q++)
                    matrix[p, q] += (value[p] - mean[p]) * (value[q] - mean[q]) / (DrawCount - 1);
        return matrix;
    }

    /// <summary>The mean model on the grid of a map set.</summary>
    public SurfaceBrightnessModel Model(MapSet maps) => new(maps, State.Cooling, State.Temperature, State.Psf);

    // Angles are the same modulo pi: bring each within a quarter turn of the best one.
    private double[] Unwrapped(MeanModelParameters parameters)
    {
        var values = parameters.ToArray();
        values[0] -= Math.PI * Math.Round((values[0] - Best.Angle) / Math.PI);
        return values;
    }
}
