using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>Gradient and Fisher information of the log posterior of a smooth factor's coefficients, which have normal priors of deviation 1. The last coefficient is that of what lies before and behind the cluster.</summary>
internal sealed class SmoothFactorEquations(int size)
{
    private readonly double[] gradient = new double[size];
    private readonly double[,] information = new double[size, size];

    public void Clear()
    {
        Array.Clear(gradient);
        Array.Clear(information);
    }

    public void AddBackground(double slope, double weight)
    {
        gradient[^1] += slope;
        information[size - 1, size - 1] += weight;
    }

    public void Add(int coefficient, double slope, double withBackground)
    {
        gradient[coefficient] += slope;
        information[size - 1, coefficient] += withBackground;
    }

    public void Add(int a, int b, double weight) => information[Math.Max(a, b), Math.Min(a, b)] += weight;

    /// <summary>The step to the maximum, and what the log posterior gains by it, both to second order.</summary>
    public (Vector<double> Step, double Gain) Solve(double[] place)
    {
        var matrix = Matrix<double>.Build.Dense(size, size, (a, b) => information[Math.Max(a, b), Math.Min(a, b)] + (a == b ? 1 : 0));
        var slope = Vector<double>.Build.Dense(size, k => gradient[k] - place[k]);
        var step = matrix.Cholesky().Solve(slope);
        return (step, slope.DotProduct(step) / 2);
    }
}
