namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Sums along the line of sight for one emission, by the trapezoid rule on cells that lie symmetrically about the cluster's plane; in kpc.
/// The emissivity comes from a radial table.
/// </summary>
internal sealed class LineOfSight
{
    private readonly RadialTable emissivity;
    private readonly float[] squaredDepths;
    private readonly double[] weightsKpc, remainingKpc;
    private readonly int half;

    public LineOfSight(ClusterEmission emission, CubeGrid grid)
    {
        half = grid.CellsZ / 2;
        squaredDepths = new float[half];
        weightsKpc = new double[half];
        remainingKpc = new double[half];
        var cellKpc = grid.DepthCellR500 * emission.R500Kpc;
        for (var i = 0; i < half; i++)
        {
            var depth = (i + 0.5) * grid.DepthCellR500;
            squaredDepths[i] = (float)(depth * depth);
            weightsKpc[i] = i == half - 1 ? cellKpc / 2 : cellKpc;
            remainingKpc[i] = 2 * (half - i) * cellKpc;
        }
        var farthest = half * grid.DepthCellR500 + emission.EllipticalRadius.Max();
        emissivity = new RadialTable(emission.Emissivity, grid.DepthCellR500 / 4, farthest);
    }

    /// <summary>int eps dl.</summary>
    public double Project(double ellipticalRadius)
    {
        var sum = 0.0;
        var rho2 = (float)(ellipticalRadius * ellipticalRadius);
        for (var i = 0; i < half; i++)
        {
            var eps = emissivity.At(rho2 + squaredDepths[i]);
            sum += 2 * eps * weightsKpc[i];
            if (eps * remainingKpc[i] < CubeSimulator.LineOfSightTolerance * sum) break;
        }
        return sum;
    }

    /// <summary>int eps dl, int eps g dl and int eps g^2 dl, for the field along one line of sight.</summary>
    public (double Unperturbed, double Linear, double Quadratic) Project(double ellipticalRadius, ReadOnlySpan<float> field)
    {
        double sum = 0, linear = 0, quadratic = 0;
        var rho2 = (float)(ellipticalRadius * ellipticalRadius);
        var front = field[..half];
        var behind = field[half..];
        for (var i = 0; i < half; i++)
        {
            var eps = emissivity.At(rho2 + squaredDepths[i]);
            var weight = eps * weightsKpc[i];
            double near = front[half - 1 - i], far = behind[i];
            sum += 2 * weight;
            linear += weight * (near + far);
            quadratic += weight * (near * near + far * far);
            if (eps * remainingKpc[i] < CubeSimulator.LineOfSightTolerance * sum) break;
        }
        return (sum, linear, quadratic);
    }
}
