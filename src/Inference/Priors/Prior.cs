using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Priors;

/// <summary>
/// Independent beliefs about an ordered list of named parameters: p(theta) is the product of their densities.
/// Immutable, and safe for concurrent use.
/// </summary>
public sealed class Prior
{
    private readonly PriorParameter[] parameters;

    /// <summary>A prior over these parameters, in this order.</summary>
    /// <exception cref="ArgumentException">No parameter, an empty name, or one name twice.</exception>
    public Prior(IEnumerable<PriorParameter> parameters)
    {
        this.parameters = [.. parameters];
        if (this.parameters.Length == 0) throw new ArgumentException("the prior has no parameter: it needs at least one", nameof(parameters));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in this.parameters)
        {
            if (string.IsNullOrWhiteSpace(parameter.Name)) throw new ArgumentException("a parameter of the prior has no name: give it one", nameof(parameters));
            if (!seen.Add(parameter.Name)) throw new ArgumentException($"the prior names '{parameter.Name}' twice: names must differ", nameof(parameters));
        }
        Names = [.. this.parameters.Select(parameter => parameter.Name)];
    }

    /// <summary>Reads the JSON form, <c>{"parameters":[{"name":"a","distribution":"uniform","low":0,"high":1}]}</c>.</summary>
    /// <exception cref="PriorFormatException">Not JSON, an unknown key or distribution, a missing or impossible number.</exception>
    public static Prior Read(ReadOnlySpan<byte> json) => PriorJson.Read(json);

    /// <summary>Reads the JSON form from a stream, to its end.</summary>
    /// <exception cref="PriorFormatException">As for the other overload.</exception>
    public static Prior Read(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var copy = new MemoryStream();
        json.CopyTo(copy);
        return PriorJson.Read(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <summary>Writes the JSON form that <see cref="Read(Stream)"/> reads; numbers keep every bit.</summary>
    public void Write(Stream json) => PriorJson.Write(this, json);

    /// <summary>The parameters in order.</summary>
    public IReadOnlyList<PriorParameter> Parameters => parameters;

    /// <summary>Their names in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of parameters.</summary>
    public int Count => parameters.Length;

    /// <summary>The distribution of parameter <paramref name="index"/>.</summary>
    public PriorDistribution this[int index] => parameters[index].Distribution;

    /// <summary>ln p(theta) of one point; minus infinity outside the support.</summary>
    /// <param name="theta">One value a parameter.</param>
    /// <exception cref="ArgumentException"><paramref name="theta"/> has another length.</exception>
    public double LogDensity(ReadOnlySpan<double> theta)
    {
        if (theta.Length != Count) throw new ArgumentException($"theta has {theta.Length} values, the prior has {Count} parameters", nameof(theta));
        var sum = 0.0;
        for (var i = 0; i < theta.Length; i++) sum += parameters[i].Distribution.LogDensity(theta[i]);
        return sum;
    }

    /// <summary>ln p(theta) of many points.</summary>
    /// <param name="theta">Points row by row, n x <see cref="Count"/>.</param>
    /// <param name="logDensity">Receives n values.</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public void LogDensity(ReadOnlySpan<double> theta, Span<double> logDensity)
    {
        if (theta.Length != logDensity.Length * Count)
        {
            throw new ArgumentException($"theta has {theta.Length} values, {logDensity.Length} points of {Count} parameters need {logDensity.Length * Count}", nameof(theta));
        }
        for (var i = 0; i < logDensity.Length; i++) logDensity[i] = LogDensity(theta.Slice(i * Count, Count));
    }

    /// <summary>The same beliefs with their ends farther out (<see cref="PriorDistribution.Widened"/>): what a network learns from on both sides of an end, it knows there too.</summary>
    /// <param name="margin">By this share of the distance between the ends, not negative.</param>
    public Prior Widened(double margin) => new(parameters.Select(parameter => parameter with { Distribution = parameter.Distribution.Widened(margin) }));

    /// <summary>Independent draws.</summary>
    /// <param name="seed">Same seed, same draws; the first rows do not depend on <paramref name="count"/>.</param>
    /// <param name="count">Number of draws, not negative.</param>
    /// <returns>Points row by row, count x <see cref="Count"/>.</returns>
    public double[] Sample(Seed seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var stream = seed.Stream();
        var draws = new double[count * Count];
        for (var i = 0; i < draws.Length; i++) draws[i] = parameters[i % Count].Distribution.Quantile(stream.NextDouble());
        return draws;
    }
}
