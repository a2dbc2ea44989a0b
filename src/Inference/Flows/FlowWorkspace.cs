namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The memory of one pass of a flow over a batch, made once and used again for any batch that fits: rows of <see cref="Columns"/> floats. For training
/// every transform keeps what the way back needs; otherwise two take turns.
/// </summary>
internal sealed unsafe class FlowWorkspace
{
    private readonly float[] memory;
    private readonly FlowShape shape;
    private readonly float* origin;
    private readonly int kept, inputRows, hiddenRows, outputRows, rowsPerTransform;

    public FlowWorkspace(FlowShape shape, int capacity, bool forTraining)
    {
        this.shape = shape;
        Capacity = RoundUp(capacity);
        Columns = Capacity;
        ForTraining = forTraining;
        kept = forTraining ? shape.Transforms : Math.Min(2, shape.Transforms);
        inputRows = shape.Conditions + shape.Variables;
        hiddenRows = shape.HiddenLayers * (shape.Conditions + shape.HiddenUnits);
        outputRows = shape.OutputRows;
        var splineRows = shape.Splines ? outputRows + shape.Variables : 0;
        rowsPerTransform = inputRows + hiddenRows + (forTraining ? shape.HiddenLayers * shape.HiddenUnits + 2 * shape.Variables + splineRows : 0);
        var rows = kept * rowsPerTransform + 2 * outputRows + 4 * shape.Variables + 2 * shape.HiddenUnits + 2;
        memory = GC.AllocateArray<float>(checked(rows * Capacity + 16), pinned: true);
        fixed (float* start = memory) origin = (float*)(((nuint)start + 63) & ~(nuint)63);
    }

    /// <summary>The most columns there is room for.</summary>
    public int Capacity { get; }

    /// <summary>The columns in use: the pairs of the batch, rounded up to whole vectors.</summary>
    public int Columns { get; private set; }

    public bool ForTraining { get; }

    /// <summary>Conditions, then the variables in the transform's order.</summary>
    public float* Input(int transform) => Row(transform % kept * rowsPerTransform);

    /// <summary>Conditions, then the units of a hidden layer.</summary>
    public float* Hidden(int transform, int layer) => Input(transform) + (inputRows + layer * (shape.Conditions + shape.HiddenUnits)) * Columns;

    /// <summary>The slope of the activation of each unit; null when not training.</summary>
    public float* Slope(int transform, int layer) => ForTraining ? Input(transform) + (inputRows + hiddenRows + layer * shape.HiddenUnits) * Columns : null;

    /// <summary>The scale of each variable; null when not training.</summary>
    public float* Scale(int transform) => ForTraining ? Slope(transform, shape.HiddenLayers) : null;

    /// <summary>The slope of each variable's bounded log-scale; null when not training.</summary>
    public float* BoundSlope(int transform) => ForTraining ? Scale(transform) + shape.Variables * Columns : null;

    /// <summary>What each spline was given, and behind it the outputs that shaped it; null without splines or when not training.</summary>
    public float* Position(int transform) => ForTraining && shape.Splines ? BoundSlope(transform) + shape.Variables * Columns : null;

    /// <summary>What the network says of each variable; with splines in training each transform has its own.</summary>
    public float* Outputs(int transform) => ForTraining && shape.Splines ? Position(transform) + shape.Variables * Columns : Row(kept * rowsPerTransform);

    public float* OutputGradient => Row(kept * rowsPerTransform) + outputRows * Columns;

    /// <summary>The variables after the last transform.</summary>
    public float* Base => OutputGradient + outputRows * Columns;

    public float* BaseGradient => Base + shape.Variables * Columns;

    public float* InputGradient => BaseGradient + shape.Variables * Columns;

    public float* HiddenGradient => InputGradient + 2 * shape.Variables * Columns;

    public float* UnitGradient => HiddenGradient + shape.HiddenUnits * Columns;

    public float* LogDeterminant => UnitGradient + shape.HiddenUnits * Columns;

    /// <summary>The weight of each column in the loss.</summary>
    public float* Weight => LogDeterminant + Columns;

    /// <summary>Makes ready for a batch, which must fit the capacity.</summary>
    public void Fit(int count) => Columns = RoundUp(count);

    /// <summary>Turns the first rows of a row-by-row table into columns; columns without a row become zeros.</summary>
    public void Scatter(ReadOnlySpan<float> table, int width, int count, float* target)
    {
        for (var i = 0; i < width; i++) ScatterOne(table, width, i, count, target + i * Columns);
    }

    /// <summary>The same, the table's columns taken in an order.</summary>
    public void Scatter(ReadOnlySpan<float> table, int[] order, int count, float* target)
    {
        for (var p = 0; p < order.Length; p++) ScatterOne(table, order.Length, order[p], count, target + p * Columns);
    }

    /// <summary>Writes the same number into every column of a row.</summary>
    public void Spread(float value, float* row) => new Span<float>(row, Columns).Fill(value);

    private void ScatterOne(ReadOnlySpan<float> table, int width, int column, int count, float* row)
    {
        for (var c = 0; c < count; c++) row[c] = table[c * width + column];
        for (var c = count; c < Columns; c++) row[c] = 0;
    }

    private static int RoundUp(int count) => (count + LaneKernels.ColumnStep - 1) / LaneKernels.ColumnStep * LaneKernels.ColumnStep;

    private float* Row(int index) => origin + index * Columns;
}
