using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// A conditional masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017) computed by hand on SIMD lanes. Safe for
/// concurrent evaluation once trained; training is one thread's.
/// </summary>
internal sealed unsafe class MaskedAutoregressiveFlow : IDensityNetwork
{
    private const int TileColumns = 256;
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    // One workspace a thread and shape: hundreds of networks share it.
    [ThreadStatic]
    private static Dictionary<FlowShape, FlowWorkspace>? workspaces;

    private FlowWorkspace? training;

    /// <summary>A flow with fresh weights.</summary>
    public MaskedAutoregressiveFlow(Seed seed, FlowArchitecture architecture, int variables, int conditions)
        : this(new FlowLayout(architecture, variables, conditions, FlowLayout.DrawOrders(seed.Derive("orders"), architecture.Transforms, variables)))
        => FlowWeights.Draw(seed.Derive("weights"), Layout, Parameters);

    /// <summary>A flow with zero weights: the standard normal distribution, until weights are read into <see cref="Parameters"/>.</summary>
    public MaskedAutoregressiveFlow(FlowLayout layout)
    {
        Layout = layout;
        Parameters = new float[layout.ParameterCount];
    }

    public FlowLayout Layout { get; }

    /// <inheritdoc/>
    public float[] Parameters { get; }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<float> gradient)
    {
        if (training is null || training.Capacity < count) training = new FlowWorkspace(Layout.Shape, count, forTraining: true);
        var work = training;
        Load(work, conditions, variables, count);
        new Span<float>(work.Weight, count).Fill(1f / count);
        new Span<float>(work.Weight + count, work.Columns - count).Clear();
        fixed (float* parameters = Parameters, target = gradient)
        {
            FlowPass.Forward(Layout, parameters, work);
            FlowPass.Backward(Layout, parameters, target, work);
        }
        var sum = 0.0;
        for (var c = 0; c < count; c++) sum += LogDensity(work, c);
        return -sum / count;
    }

    /// <summary>Gives back the memory that <see cref="Gradient"/> keeps from step to step.</summary>
    public void EndTraining() => training = null;

    /// <inheritdoc/>
    public void LogDensity(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity)
    {
        var work = Workspace();
        fixed (float* parameters = Parameters)
        {
            for (var start = 0; start < count; start += TileColumns)
            {
                var rows = Math.Min(TileColumns, count - start);
                Load(work, conditions[(start * Layout.Conditions)..], variables[(start * Layout.Variables)..], rows);
                FlowPass.Forward(Layout, parameters, work);
                for (var c = 0; c < rows; c++) logDensity[start + c] = LogDensity(work, c);
            }
        }
    }

    /// <summary>log q of one set of variables under many conditions.</summary>
    public void LogDensityOfOne(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity)
    {
        var work = Workspace();
        fixed (float* parameters = Parameters)
        {
            for (var start = 0; start < count; start += TileColumns)
            {
                var rows = Math.Min(TileColumns, count - start);
                LoadConditions(work, conditions[(start * Layout.Conditions)..], rows);
                for (var i = 0; i < Layout.Variables; i++) work.Spread(variables[Layout.Orders[0][i]], work.Input(0) + (Layout.Conditions + i) * work.Columns);
                FlowPass.Forward(Layout, parameters, work);
                for (var c = 0; c < rows; c++) logDensity[start + c] = LogDensity(work, c);
            }
        }
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

    private FlowWorkspace Workspace()
    {
        workspaces ??= [];
        if (!workspaces.TryGetValue(Layout.Shape, out var work)) workspaces[Layout.Shape] = work = new FlowWorkspace(Layout.Shape, TileColumns, forTraining: false);
        return work;
    }

    private void Load(FlowWorkspace work, ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count)
    {
        LoadConditions(work, conditions, count);
        work.Scatter(variables, Layout.Orders[0], count, work.Input(0) + Layout.Conditions * work.Columns);
    }

    private void LoadConditions(FlowWorkspace work, ReadOnlySpan<float> conditions, int count)
    {
        work.Fit(count);
        work.Scatter(conditions, Layout.Conditions, count, work.Input(0));
        FlowPass.SpreadConditions(Layout, work);
    }

    private void Collect(FlowWorkspace work, int count, Span<float> variables)
    {
        var first = work.Input(0) + Layout.Conditions * work.Columns;
        for (var p = 0; p < Layout.Variables; p++)
        {
            for (var c = 0; c < count; c++) variables[c * Layout.Variables + Layout.Orders[0][p]] = first[p * work.Columns + c];
        }
    }

    private double LogDensity(FlowWorkspace work, int column)
    {
        var squares = 0.0;
        for (var i = 0; i < Layout.Variables; i++)
        {
            double u = work.Base[i * work.Columns + column];
            squares += u * u;
        }
        return work.LogDeterminant[column] - 0.5 * (squares + Layout.Variables * LogTwoPi);
    }
}
