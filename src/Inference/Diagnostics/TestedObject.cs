namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>An object of simulated surveys: its likelihood, and what was observed of it in each survey.</summary>
public sealed class TestedObject
{
    private readonly double[] observations;

    /// <summary>A likelihood with its observations.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="likelihood">p(x | theta), learnt or known.</param>
    /// <param name="observations">The observations row by row, surveys x numbers of an observation.</param>
    /// <param name="length">Numbers of an observation.</param>
    /// <exception cref="ArgumentException">The numbers are no rows.</exception>
    public TestedObject(string name, ILikelihood likelihood, ReadOnlySpan<double> observations, int length)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        if (length < 1 || observations.Length % length != 0) throw new ArgumentException($"{observations.Length} numbers are no observations of {length}", nameof(observations));
        (Name, Likelihood, this.observations, Length) = (name, likelihood, observations.ToArray(), length);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>p(x | theta).</summary>
    public ILikelihood Likelihood { get; }

    /// <summary>Numbers of an observation.</summary>
    public int Length { get; }

    /// <summary>In how many surveys it was observed.</summary>
    public int SurveyCount => observations.Length / Length;

    /// <summary>What was observed of it in a survey.</summary>
    public ReadOnlySpan<double> Observation(int survey) => observations.AsSpan(survey * Length, Length);
}
