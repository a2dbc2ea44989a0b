using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// A conditional masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017), or with splines an autoregressive neural spline flow
/// (Durkan et al. 2019), computed by hand on SIMD lanes.
/// </summary>
internal sealed unsafe class MaskedAutoregressiveFlow : ConditionalNetwork, IDensityNetwork
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>A flow with fresh weights.</summary>
    public MaskedAutoregressiveFlow(Seed seed, FlowArchitecture architecture, int variables, int conditions)
        : this(FlowLayout.Flow(architecture, variables, conditions, FlowLayout.DrawOrders(seed.Derive("orders"), architecture.Transforms, variables)))
        => FlowWeights.Draw(seed.Derive("weights"), Layout, Parameters);

    /// <summary>A flow with zero weights: the standard normal distribution, until weights are read into <see cref="ConditionalNetwork.Parameters"/>.</summary>
    public MaskedAutoregressiveFlow(FlowLayout layout) : base(layout)
    {
    }

    /// <inheritdoc/>
    public override IDensityNetwork Objective => this;

    /// <inheritdoc/>
    public override bool IsDensity => true;

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<float> gradient)
    {
        var work = LoadForTraining(conditions, variables, count);
        new Span<float>(work.Weight, count).Fill(1f / count);
        new Span<float>(work.Weight + count, work.Columns - count).Clear();
        fixed (float* parameters = Parameters, target = gradient)
        {
            FlowPass.Forward(Layout, parameters, work);
            FlowPass.Backward(Layout, parameters, target, work);
        }
        var sum = 0.0;
        for (var c = 0; c < count; c++) sum += Value(work, c);
        return -sum / count;
    }

    /// <summary>Variables from draws of the base, row by row: the inverse of the flow.</summary>
    public void Inverse(ReadOnlySpan<float> conditions, ReadOnlySpan<float> draws, int count, Span<float> variables)
    {
        var work = Workspace();
        fixed (float* parameters = Parameters)
        {
            for (var start = 0; start < count; start += TileColumns)
            {
                var rows = Math.Min(TileColumns, count - start);
                LoadConditions(work, conditions[(start * Layout.Conditions)..], rows);
                work.Scatter(draws[(start * Layout.Variables)..], Layout.Variables, rows, work.Base);
                FlowPass.Inverse(Layout, parameters, work);
                Collect(work, rows, variables[(start * Layout.Variables)..]);
            }
        }
    }

    /// <summary>Where the flow takes variables, and the log-determinant of the way, row by row.</summary>
    public void Forward(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, Span<float> draws, Span<float> logDeterminant)
    {
        var work = new FlowWorkspace(Layout.Shape, logDeterminant.Length, forTraining: false);
        Load(work, conditions, variables, logDeterminant.Length);
        fixed (float* parameters = Parameters) FlowPass.Forward(Layout, parameters, work);
        for (var c = 0; c < logDeterminant.Length; c++)
        {
            logDeterminant[c] = work.LogDeterminant[c];
            for (var i = 0; i < Layout.Variables; i++) draws[c * Layout.Variables + i] = work.Base[i * work.Columns + c];
        }
    }

    private protected override void Compute(float* parameters, FlowWorkspace work) => FlowPass.Forward(Layout, parameters, work);

    private protected override double Value(FlowWorkspace work, int column)
    {
        var squares = 0.0;
        for (var i = 0; i < Layout.Variables; i++)
        {
            double u = work.Base[i * work.Columns + column];
            squares += u * u;
        }
        return work.LogDeterminant[column] - 0.5 * (squares + Layout.Variables * LogTwoPi);
    }

    private void Collect(FlowWorkspace work, int count, Span<float> variables)
    {
        var first = work.Input(0) + Layout.Conditions * work.Columns;
        for (var p = 0; p < Layout.Variables; p++)
        {
            for (var c = 0; c < count; c++) variables[c * Layout.Variables + Layout.Orders[0][p]] = first[p * work.Columns + c];
        }
    }
}
