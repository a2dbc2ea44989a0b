namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The loss of contrastive ratio estimation, NRE-C with gamma = 1 (Miller, Weniger and Forr&#233; 2022, eq. 8): which of K parameters belongs to the
/// data, or none of them? Its optimum is the ratio itself, not the ratio times an unknown function of x. With r_0 the ratio of a pair and r_1 to r_K those of its data
/// with the parameters of other pairs of the batch, a pair's loss is half of
/// log(K + r_0 + ... + r_(K-1)) - log r_0 + log(K + r_1 + ... + r_K) - log K.
/// </summary>
internal sealed unsafe class ContrastiveObjective(RatioNetwork network) : IDensityNetwork
{
    /// <summary>K, where the batch has as many others.</summary>
    private const int MostContrasts = 9;

    private float[] conditionRows = [], variableRows = [];
    private double[] logRatios = [], slopes = [];

    /// <inheritdoc/>
    public float[] Parameters => network.Parameters;

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<float> gradient)
    {
        var rows = Contrast(conditions, variables, count);
        var work = network.LoadForTraining(conditionRows, variableRows, rows);
        fixed (float* parameters = network.Parameters, target = gradient)
        {
            FlowPass.Classify(network.Layout, parameters, work);
            for (var row = 0; row < rows; row++) logRatios[row] = work.Outputs(0)[row];
            var sum = 0.0;
            for (var pair = 0; pair < count; pair++) sum += Loss(pair, count, rows / count - 1);
            for (var row = 0; row < work.Columns; row++) work.OutputGradient[row] = row < rows ? (float)(slopes[row] / count) : 0;
            FlowPass.ClassifyBackward(network.Layout, parameters, target, work);
            return sum / count;
        }
    }

    /// <summary>Minus the loss of each pair, its contrasts taken from the others.</summary>
    public void LogDensity(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity)
    {
        var rows = Contrast(conditions, variables, count);
        network.LogDensity(conditionRows, variableRows, rows, logRatios);
        for (var pair = 0; pair < count; pair++) logDensity[pair] = -Loss(pair, count, rows / count - 1);
    }

    // Block 0 has the pairs, block k the data with the parameters of the pair k strides further: far, because pairs of one group may stand together.
    private int Contrast(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count)
    {
        var contrasts = Math.Min(MostContrasts, count - 1);
        var (rows, stride) = ((contrasts + 1) * count, count / (contrasts + 1));
        int p = network.Layout.Conditions, d = network.Layout.Variables;
        if (logRatios.Length < rows) (conditionRows, variableRows, logRatios, slopes) = (new float[rows * p], new float[rows * d], new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            var (block, pair) = Math.DivRem(row, count);
            conditions.Slice((pair + block * stride) % count * p, p).CopyTo(conditionRows.AsSpan(row * p));
            variables.Slice(pair * d, d).CopyTo(variableRows.AsSpan(row * d));
        }
        return rows;
    }

    // The loss of a pair, and its slopes by the pair's log ratios.
    private double Loss(int pair, int count, int contrasts)
    {
        if (contrasts == 0)
        {
            slopes[pair] = 0;
            return 0;
        }
        double with = LogSum(pair, count, contrasts, 0), without = LogSum(pair, count, contrasts, 1);
        for (var k = 0; k <= contrasts; k++)
        {
            var value = logRatios[k * count + pair];
            var slope = (k < contrasts ? Math.Exp(value - with) : 0) + (k > 0 ? Math.Exp(value - without) : -1);
            slopes[k * count + pair] = 0.5 * slope;
        }
        return 0.5 * (with - logRatios[pair] + without - Math.Log(contrasts));
    }

    // log(K + the sum of K ratios from block first on).
    private double LogSum(int pair, int count, int contrasts, int first)
    {
        var largest = 0.0;
        for (var k = first; k < first + contrasts; k++) largest = Math.Max(largest, logRatios[k * count + pair]);
        var sum = contrasts * Math.Exp(-largest);
        for (var k = first; k < first + contrasts; k++) sum += Math.Exp(logRatios[k * count + pair] - largest);
        return largest + Math.Log(sum);
    }
}
