namespace ClusterSurvey.Inference.Training;

/// <summary>A training came to a loss that is not a finite number.</summary>
public sealed class TrainingFailedException : Exception
{
    /// <summary>With a message.</summary>
    public TrainingFailedException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public TrainingFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Without words.</summary>
    public TrainingFailedException()
    {
    }
}
