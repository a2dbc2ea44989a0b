namespace ClusterSurvey.Inference.Samplers;

/// <summary>Mean and variance of numbers that come one after the other (Welford 1962).</summary>
internal struct RunningVariance
{
    private double mean, squares;

    /// <summary>Numbers so far.</summary>
    public int Count { get; private set; }

    /// <summary>Variance of the numbers so far, by n - 1.</summary>
    public readonly double Value => squares / (Count - 1);

    /// <summary>Takes a number in.</summary>
    public void Add(double value)
    {
        Count++;
        var difference = value - mean;
        mean += difference / Count;
        squares += difference * (value - mean);
    }
}
