namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// A trained function of variables under conditions on SIMD lanes: a flow's log density, or a classifier's log ratio. Safe for concurrent
/// evaluation once trained; training is one thread's.
/// </summary>
internal abstract unsafe class ConditionalNetwork
{
    private protected const int TileColumns = 256;

    // One workspace a thread and shape: hundreds of networks share it.
    [ThreadStatic]
    private static Dictionary<FlowShape, FlowWorkspace>? workspaces;

    private FlowWorkspace? training;

    /// <summary>Zero weights, until some are read into <see cref="Parameters"/>.</summary>
    protected ConditionalNetwork(FlowLayout layout)
    {
        Layout = layout;
        Parameters = new float[layout.ParameterCount];
    }

    public FlowLayout Layout { get; }

    /// <summary>The weights, one flat array.</summary>
    public float[] Parameters { get; }

    /// <summary>What training makes small.</summary>
    public abstract IDensityNetwork Objective { get; }

    /// <summary>Whether the value is a log density of the variables, which gains a constant when they are scaled.</summary>
    public abstract bool IsDensity { get; }

    /// <summary>The network of a layout, with zero weights.</summary>
    public static ConditionalNetwork Of(FlowLayout layout) => layout.IsClassifier ? new RatioNetwork(layout) : new MaskedAutoregressiveFlow(layout);

    /// <summary>Gives back the memory that training keeps from step to step.</summary>
    public void EndTraining() => training = null;

    /// <summary>The value for each of <paramref name="count"/> pairs.</summary>
    public void LogDensity(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity)
    {
        var work = Workspace();
        fixed (float* parameters = Parameters)
        {
            for (var start = 0; start < count; start += TileColumns)
            {
                var rows = Math.Min(TileColumns, count - start);
                Load(work, conditions[(start * Layout.Conditions)..], variables[(start * Layout.Variables)..], rows);
                Compute(parameters, work);
                for (var c = 0; c < rows; c++) logDensity[start + c] = Value(work, c);
            }
        }
    }

    /// <summary>The value for one set of variables under many conditions.</summary>
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
                Compute(parameters, work);
                for (var c = 0; c < rows; c++) logDensity[start + c] = Value(work, c);
            }
        }
    }

    /// <summary>Memory for a batch of training, kept from step to step and filled with the batch.</summary>
    public FlowWorkspace LoadForTraining(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count)
    {
        if (training is null || training.Capacity < count) training = new FlowWorkspace(Layout.Shape, count, forTraining: true);
        Load(training, conditions, variables, count);
        return training;
    }

    private protected abstract void Compute(float* parameters, FlowWorkspace work);

    private protected abstract double Value(FlowWorkspace work, int column);

    private protected FlowWorkspace Workspace()
    {
        workspaces ??= [];
        if (!workspaces.TryGetValue(Layout.Shape, out var work)) workspaces[Layout.Shape] = work = new FlowWorkspace(Layout.Shape, TileColumns, forTraining: false);
        return work;
    }

    private protected void Load(FlowWorkspace work, ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count)
    {
        LoadConditions(work, conditions, count);
        work.Scatter(variables, Layout.Orders[0], count, work.Input(0) + Layout.Conditions * work.Columns);
    }

    private protected void LoadConditions(FlowWorkspace work, ReadOnlySpan<float> conditions, int count)
    {
        work.Fit(count);
        work.Scatter(conditions, Layout.Conditions, count, work.Input(0));
        FlowPass.SpreadConditions(Layout, work);
    }
}
