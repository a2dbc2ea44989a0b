using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>One trained flow of an ensemble: the density of variables under conditions, both in their own units.</summary>
internal sealed class DensityMember(MaskedAutoregressiveFlow flow, Standardization conditions, Standardization variables, TrainingHistory history)
{
    public MaskedAutoregressiveFlow Flow => flow;

    public Standardization Conditions => conditions;

    public Standardization Variables => variables;

    public TrainingHistory History => history;

    /// <summary>Trains a member; its split, its order of variables, its first weights and its batches come from the seed.</summary>
    public static DensityMember Train(
        Seed seed, ISimulationPairs pairs, (string Conditions, string Variables) names, EnsembleOptions options, IProgress<TrainingProgress>? progress,
        NetworkCheckpoint? checkpoint, CancellationToken cancellation)
    {
        var standardized = new StandardizedPairs(seed.Derive("split"), pairs, options.Training.ValidationFraction, names);
        var flow = new MaskedAutoregressiveFlow(seed.Derive("flow"), options.Architecture, pairs.DataCount, pairs.ParameterCount);
        var history = new DensityTraining(seed.Derive("training"), flow, standardized, options.Training).Run(progress, cancellation, checkpoint);
        flow.EndTraining();
        return new DensityMember(flow, standardized.Conditions, standardized.Variables, history);
    }

    /// <summary>log q of paired rows.</summary>
    public void LogProb(ReadOnlySpan<double> conditionRows, ReadOnlySpan<double> variableRows, Span<double> logProb)
    {
        var z = Standardize(conditions, conditionRows);
        var v = Standardize(variables, variableRows);
        flow.LogDensity(z, v, logProb.Length, logProb);
        Shift(logProb, -variables.LogScaleSum);
    }

    /// <summary>log q of one row of variables under many conditions.</summary>
    public void LogProbOfOne(ReadOnlySpan<double> conditionRows, ReadOnlySpan<double> variableRow, Span<double> logProb)
    {
        var z = Standardize(conditions, conditionRows);
        var v = Standardize(variables, variableRow);
        flow.LogDensityOfOne(z, v, logProb.Length, logProb);
        Shift(logProb, -variables.LogScaleSum);
    }

    /// <summary>Draws of the variables under one row of conditions.</summary>
    public void Sample(RandomStream random, ReadOnlySpan<double> conditionRow, int count, Span<double> draws)
    {
        var z = Standardize(conditions, conditionRow);
        var repeated = new float[count * z.Length];
        for (var i = 0; i < count; i++) z.CopyTo(repeated.AsSpan(i * z.Length));
        float[] normal = new float[count * variables.Width], drawn = new float[normal.Length];
        random.FillNormal(normal.AsSpan());
        flow.Inverse(repeated, normal, count, drawn);
        variables.Restore(drawn, draws);
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
