using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>Where the training of an ensemble begins: at the networks of another one, which is left as it is.</summary>
/// <param name="ensemble">The other ensemble, with at least as many members.</param>
/// <param name="keepsScales">
/// Whether pairs are standardised as the other ensemble standardises them: right when both learn one problem. Otherwise the new pairs are standardised by what they
/// themselves show.
/// </param>
internal sealed class EnsembleStart(DensityEnsemble ensemble, bool keepsScales)
{
    /// <summary>How many members can begin here.</summary>
    public int Count => ensemble.Members.Length;

    /// <summary>The start of one member.</summary>
    public MemberStart Of(int member) => new(ensemble.Members[member].Network, keepsScales ? ensemble.Members[member].Scales : null);

    /// <summary>What tells this start from others: SHA-256, hexadecimal, of all weights, and whether scales are kept.</summary>
    public string Identity()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in ensemble.Members) hash.AppendData(MemoryMarshal.AsBytes(member.Network.Parameters.AsSpan()));
        return $"{Convert.ToHexStringLower(hash.GetHashAndReset())} {(keepsScales ? "with" : "without")} scales";
    }
}

/// <summary>Where the training of a member begins.</summary>
/// <param name="Network">The first weights.</param>
/// <param name="Scales">How pairs are standardised; null for what they show.</param>
internal sealed record MemberStart(ConditionalNetwork Network, PairScales? Scales);
