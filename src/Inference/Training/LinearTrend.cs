using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The part of a conditional density that least squares knows: variables = offset + slopes x conditions + L e, with e of zero mean and unit covariance
/// over the training rows and L lower triangular. A flow that is given e starts from the best linear-Gaussian density and learns what is not
/// linear, and not Gaussian. All is in standardised units; numbers beyond <see cref="Cut"/> deviations are cut off for the fit.
/// </summary>
internal sealed class LinearTrend
{
    private const double Cut = 5, Ridge = 1e-6;

    // Where variables follow from conditions, the rest keeps this deviation: no division by zero.
    private const double LeastDeviation = 1e-3;

    /// <summary>A trend with given numbers: offsets one a variable, slopes variables x conditions, L variables x variables, row by row.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or L has a diagonal that is not positive and finite.</exception>
    public LinearTrend(double[] offsets, double[] slopes, double[] lower)
    {
        var width = offsets.Length;
        if (slopes.Length % width != 0 || lower.Length != width * width) throw new ArgumentException($"linear trend: {width} offsets, {slopes.Length} slopes and {lower.Length} numbers of L");
        (Offsets, Slopes, Lower) = (offsets, slopes, lower);
        for (var i = 0; i < width; i++)
        {
            var deviation = lower[i * width + i];
            if (!(deviation > 0) || !double.IsFinite(deviation)) throw new ArgumentException($"linear trend: L has {deviation} on its diagonal, not a positive number");
            LogScaleSum += Math.Log(deviation);
        }
    }

    public double[] Offsets { get; }

    public double[] Slopes { get; }

    public double[] Lower { get; }

    /// <summary>log det L: log density of the variables = log density of e minus this.</summary>
    public double LogScaleSum { get; }

    /// <summary>Fits rows of standardised conditions and variables.</summary>
    public static LinearTrend Fit(ReadOnlySpan<float> conditions, int conditionCount, ReadOnlySpan<float> variables, int variableCount)
    {
        var rows = variables.Length / variableCount;
        // The last input is 1, the offset's.
        Matrix<double> inputs = Matrix<double>.Build.Dense(rows, conditionCount + 1, 1), targets = Matrix<double>.Build.Dense(rows, variableCount);
        Fill(inputs, conditions, conditionCount);
        Fill(targets, variables, variableCount);
        var normal = inputs.TransposeThisAndMultiply(inputs) + Matrix<double>.Build.DenseIdentity(conditionCount + 1) * (Ridge * rows);
        var solution = normal.Cholesky().Solve(inputs.TransposeThisAndMultiply(targets));
        var rest = targets - inputs * solution;
        var covariance = rest.TransposeThisAndMultiply(rest) / rows + Matrix<double>.Build.DenseIdentity(variableCount) * (LeastDeviation * LeastDeviation);
        return new LinearTrend(solution.Row(conditionCount).ToArray(), solution.SubMatrix(0, conditionCount, 0, variableCount).ToColumnMajorArray(),
            covariance.Cholesky().Factor.ToRowMajorArray());
    }

    /// <summary>Takes rows of variables to e, in place.</summary>
    public void Remove(ReadOnlySpan<float> conditions, Span<float> variables)
    {
        int width = Offsets.Length, inputs = Slopes.Length / width;
        for (var row = 0; row * width < variables.Length; row++)
        {
            var c = conditions.Slice(row * inputs, inputs);
            var v = variables.Slice(row * width, width);
            for (var i = 0; i < width; i++)
            {
                var rest = v[i] - Mean(c, i);
                for (var j = 0; j < i; j++) rest -= Lower[i * width + j] * v[j];
                v[i] = (float)(rest / Lower[i * width + i]);
            }
        }
    }

    /// <summary>The way back, in place.</summary>
    public void Restore(ReadOnlySpan<float> conditions, Span<float> variables)
    {
        int width = Offsets.Length, inputs = Slopes.Length / width;
        for (var row = 0; row * width < variables.Length; row++)
        {
            var c = conditions.Slice(row * inputs, inputs);
            var v = variables.Slice(row * width, width);
            for (var i = width - 1; i >= 0; i--)
            {
                var sum = Mean(c, i);
                for (var j = 0; j <= i; j++) sum += Lower[i * width + j] * v[j];
                v[i] = (float)sum;
            }
        }
    }

    private double Mean(ReadOnlySpan<float> conditions, int variable)
    {
        var mean = Offsets[variable];
        for (var k = 0; k < conditions.Length; k++) mean += Slopes[variable * conditions.Length + k] * conditions[k];
        return mean;
    }

    private static void Fill(Matrix<double> matrix, ReadOnlySpan<float> table, int width)
    {
        for (var i = 0; i < table.Length; i++) matrix[i / width, i % width] = Math.Clamp(table[i], -Cut, Cut);
    }
}
