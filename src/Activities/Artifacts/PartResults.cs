using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>The results of a step's parts: those that were found under their keys, and those that the step adds.</summary>
public sealed class PartResults
{
    private readonly ArtifactStore store;
    private readonly IReadOnlyDictionary<string, PartCall> calls;
    private readonly Dictionary<string, StepResult> results = new(StringComparer.Ordinal);

    /// <param name="store">Where results are found and kept.</param>
    /// <param name="calls">The parts of the call.</param>
    /// <param name="fresh">True to find none.</param>
    internal PartResults(ArtifactStore store, IReadOnlyList<PartCall> calls, bool fresh)
    {
        (this.store, this.calls) = (store, calls.ToDictionary(part => part.Name, StringComparer.Ordinal));
        Names = [.. calls.Select(part => part.Name)];
        foreach (var part in fresh ? [] : calls)
            if (store.Find(part.Key) is { } known) results[part.Name] = known;
    }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The parts that are yet to be computed, in order.</summary>
    public IReadOnlyList<string> Missing => [.. Names.Where(part => !results.ContainsKey(part))];

    /// <summary>The keys of <see cref="Missing"/>.</summary>
    public IReadOnlyList<string> MissingKeys => [.. Missing.Select(part => calls[part].Key)];

    /// <summary>Keeps what a part gave, at once: a step that is interrupted later finds it again.</summary>
    /// <param name="part">The part.</param>
    /// <param name="outputs">Values by the name of the step's output.</param>
    public void Keep(string part, params (string Output, object Value)[] outputs)
    {
        var values = new JsonObject(outputs.Select(output => KeyValuePair.Create(output.Output, SurveyJson.ToNode(output.Value))));
        store.Record(results[part] = calls[part].Result(values));
    }

    /// <summary>Computes the parts that are missing, one after another; a failure says in which it arose.</summary>
    /// <param name="compute">Computes a part and keeps it.</param>
    public void ComputeMissing(Action<string> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        foreach (var part in Missing)
        {
            try
            {
                compute(part);
            }
            catch (Exception failure) when (FailedPart.Mark(failure, part))
            {
                throw;
            }
        }
    }

    /// <summary>An output of one part.</summary>
    public T Output<T>(string part, string output) => results[part].Outputs[output].Deserialize<T>(SurveyJson.Options)!;

    /// <summary>An output of all parts.</summary>
    public IReadOnlyDictionary<string, T> All<T>(string output)
        => new SortedDictionary<string, T>(Names.ToDictionary(part => part, part => Output<T>(part, output)), StringComparer.Ordinal);
}

/// <summary>In which part of a step, in a survey in which region, a failure arose.</summary>
public static class FailedPart
{
    private const string Mine = "clustersurvey.part";

    /// <summary>The part; null when the failure is not one part's.</summary>
    public static string? Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Data[Mine] as string;
    }

    /// <summary>Marks a failure on its way, which stays what it is.</summary>
    /// <returns>False: the failure is not caught.</returns>
    internal static bool Mark(Exception failure, string part)
    {
        failure.Data[Mine] = part;
        return false;
    }
}
