using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>What a trained model says of itself.</summary>
/// <param name="Method">The method: <c>nle</c> for a neural likelihood, <c>npe</c> for a neural posterior, <c>nre</c> for a neural ratio.</param>
/// <param name="LibraryVersion">Version of the library that trained it.</param>
/// <param name="Architecture">The flow, or the classifier, of each network.</param>
/// <param name="ParameterNames">Names of the parameters, one each.</param>
/// <param name="DataCount">Number of data.</param>
/// <param name="Prior">The prior as its owner's JSON, null when none was given.</param>
/// <param name="PairCount">Number of pairs it was made from, validation included.</param>
/// <param name="PairsSha256">SHA-256 of those pairs, hexadecimal: their counts, then theta and x as float32, pair after pair.</param>
/// <param name="Weights">The networks' shares in the mixture, sum 1.</param>
/// <param name="Histories">The networks' trainings.</param>
/// <param name="Bounds">The prior's bounds that a neural posterior keeps to; null for other methods.</param>
public sealed record ModelDescription(
    string Method,
    string LibraryVersion,
    FlowArchitecture Architecture,
    IReadOnlyList<string> ParameterNames,
    int DataCount,
    string? Prior,
    int PairCount,
    string PairsSha256,
    IReadOnlyList<double> Weights,
    IReadOnlyList<TrainingHistory> Histories,
    ParameterBounds? Bounds)
{
    /// <summary>Reads what the model of a file says of itself, whatever its method; the file is checked as when it is loaded whole.</summary>
    /// <param name="stream">The file, read to its end.</param>
    /// <exception cref="ModelFileException">Not a model, damaged, or from a later format: the message says which.</exception>
    public static ModelDescription Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.ReadDescription(stream);
    }

    internal static ModelDescription Of(
        string method, EnsembleOptions options, IReadOnlyList<string> names, ISimulationPairs pairs, string pairsSha256, DensityEnsemble ensemble, ParameterBounds? bounds) => new(
        method, ModelFile.LibraryVersion, options.Architecture, names, pairs.DataCount, options.Prior, pairs.Count, pairsSha256,
        ensemble.Weights, [.. ensemble.Members.Select(m => m.History)], bounds);
}
