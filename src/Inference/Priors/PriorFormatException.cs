namespace ClusterSurvey.Inference.Priors;

/// <summary>A prior in JSON that cannot be understood.</summary>
public sealed class PriorFormatException : ArgumentException
{
    internal PriorFormatException(string pointer, string problem, Exception? cause = null)
        : base($"prior{(pointer.Length == 0 ? "" : $" at {pointer}")}: {problem}", cause) => Pointer = pointer;

    /// <summary>Where, as a JSON pointer (RFC 6901); empty for the whole document.</summary>
    public string Pointer { get; }
}
