namespace ClusterSurvey.Inference.ModelFiles;

/// <summary>A model file that cannot be read; the message says what was found and what was expected.</summary>
public sealed class ModelFileException : IOException
{
    /// <summary>With a message.</summary>
    public ModelFileException(string message) : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public ModelFileException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Without words.</summary>
    public ModelFileException()
    {
    }
}
