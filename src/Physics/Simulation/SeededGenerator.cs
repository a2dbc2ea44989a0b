using System.Buffers.Binary;
using ClusterSurvey.Foundation;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// A torch generator whose whole state comes from a <see cref="Seed"/>. Torch itself keeps only 32 bits of a seed, and among the
/// 500 000 simulations of a cluster some thirty pairs would then be twins; here the 624 words of its Mersenne twister are filled
/// from the seed's own stream. The layout is torch's CPUGeneratorImplState: seed u64, left i32, seeded i32, next u64, state 624 u64.
/// </summary>
internal sealed class SeededGenerator : IDisposable
{
    private const int LeftOffset = 8, NextOffset = 16, StateOffset = 24, StateWords = 624;

    private readonly torch.Generator generator;
    private readonly torch.Tensor state;

    public SeededGenerator()
    {
        TorchRuntime.Ensure();
        generator = new torch.Generator(0, torch.CPU);
        state = generator.get_state().DetachFromDisposeScope();
        if (state.NumberOfElements < StateOffset + 8 * StateWords)
            throw new InvalidOperationException($"torch's CPU generator has a state of {state.NumberOfElements} bytes, expected {StateOffset + 8 * StateWords} or more: another version of torch?");
    }

    /// <summary>Starts the generator anew at a seed.</summary>
    public torch.Generator Restart(Seed seed)
    {
        var bytes = state.bytes;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[LeftOffset..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[NextOffset..], 0);
        var stream = seed.Stream();
        for (var word = 0; word < StateWords; word++) BinaryPrimitives.WriteUInt64LittleEndian(bytes[(StateOffset + 8 * word)..], stream.NextUInt32());
        generator.set_state(state);
        return generator;
    }

    public void Dispose()
    {
        state.Dispose();
        generator.Dispose();
    }
}
