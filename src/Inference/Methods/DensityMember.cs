using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>One trained network of an ensemble: the density of variables under conditions, or their ratio, both in their own units.</summary>
internal sealed class DensityMember(ConditionalNetwork network, PairScales scales, TrainingHistory history)
{
    private readonly double logScale = network.IsDensity ? scales.LogScaleSum : 0;

    public ConditionalNetwork Network => network;

    public PairScales Scales => scales;

    public Standardization Conditions => scales.Conditions;

    public Standardization Variables => scales.Variables;

    public TrainingHistory History => history;

    /// <summary>
    /// Trains a member; its split, its order of variables, its first weights and its batches come from the seed. With a start, weights, and scales where they
    /// are kept, are those of another member of the same shape, which is left as it is.
    /// </summary>
    public static DensityMember Train(
        Seed seed, ISimulationPairs pairs, EstimatorRole role, EnsembleOptions options, MemberStart? start, IProgress<TrainingProgress>? progress,
        NetworkCheckpoint? checkpoint, CancellationToken cancellation)
    {
        var standardized = new StandardizedPairs(seed.Derive("split"), pairs, options.Training.ValidationFraction,
            (conditions, variables) => start?.Scales ?? PairScales.Measure(conditions, variables, pairs.ParameterCount, pairs.DataCount, (role.Conditions, role.Variables), role.IsDensity));
        var network = start is null ? role.Begin(seed.Derive("flow"), options.Architecture, pairs.DataCount, pairs.ParameterCount) : Copy(start.Network);
        var history = new DensityTraining(seed.Derive("training"), network.Objective, standardized, options.Training).Run(progress, cancellation, checkpoint);
        network.EndTraining();
        if (!network.IsDensity) history = history with { ValidationLogProb = history.ValidationLogProb + standardized.Scales.LogScaleSum };
        return new DensityMember(network, standardized.Scales, history);
    }

    /// <summary>log q of paired rows.</summary>
    public void LogProb(ReadOnlySpan<double> conditionRows, ReadOnlySpan<double> variableRows, Span<double> logProb)
    {
        var z = Standardize(Conditions, conditionRows);
        var v = Standardize(Variables, variableRows);
        scales.Trend?.Remove(z, v);
        network.LogDensity(z, v, logProb.Length, logProb);
        Shift(logProb, -logScale);
    }

    /// <summary>log q of one row of variables under many conditions.</summary>
    public void LogProbOfOne(ReadOnlySpan<double> conditionRows, ReadOnlySpan<double> variableRow, Span<double> logProb)
    {
        var z = Standardize(Conditions, conditionRows);
        var v = Standardize(Variables, variableRow);
        if (scales.Trend is { } trend)
        {
            v = Repeat(v, logProb.Length);
            trend.Remove(z, v);
            network.LogDensity(z, v, logProb.Length, logProb);
        }
        else
        {
            network.LogDensityOfOne(z, v, logProb.Length, logProb);
        }
        Shift(logProb, -logScale);
    }

    /// <summary>Draws of the variables under one row of conditions.</summary>
    public void Sample(RandomStream random, ReadOnlySpan<double> conditionRow, int count, Span<double> draws)
    {
        var repeated = Repeat(Standardize(Conditions, conditionRow), count);
        float[] normal = new float[count * Variables.Width], drawn = new float[normal.Length];
        random.FillNormal(normal.AsSpan());
        ((MaskedAutoregressiveFlow)network).Inverse(repeated, normal, count, drawn);
        scales.Trend?.Restore(repeated, drawn);
        Variables.Restore(drawn, draws);
    }

    private static float[] Repeat(float[] row, int count)
    {
        var repeated = new float[count * row.Length];
        for (var i = 0; i < count; i++) row.CopyTo(repeated, i * row.Length);
        return repeated;
    }

    private static ConditionalNetwork Copy(ConditionalNetwork network)
    {
        var copy = ConditionalNetwork.Of(network.Layout);
        network.Parameters.CopyTo(copy.Parameters, 0);
        return copy;
    }

    private static float[] Standardize(Standardization standardization, ReadOnlySpan<double> rows)
    {
        var standardized = new float[rows.Length];
        standardization.Apply(rows, standardized);
        return standardized;
    }

    private static void Shift(Span<double> values, double shift)
    {
        foreach (ref var value in values) value += shift;
    }
}
