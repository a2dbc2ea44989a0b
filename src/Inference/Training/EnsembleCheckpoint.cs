using System.Security.Cryptography;
using System.Text;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.ModelFiles;

namespace ClusterSurvey.Inference.Training;

/// <summary>
/// The states of an ensemble's networks in a checkpoint, little-endian: eight letters, the identity of the training (32 bytes), the number
/// of networks begun, their states, and the SHA-256 of all before.
/// </summary>
internal sealed class EnsembleCheckpoint
{
    private const int HashLength = 32;

    private readonly ITrainingCheckpoint place;
    private readonly byte[] identity;
    private readonly List<TrainingState> states;
    private long passed;

    /// <summary>Finds the states of this very training, if there are any.</summary>
    /// <param name="place">Where they are kept.</param>
    /// <param name="identity">What tells this training from others.</param>
    public EnsembleCheckpoint(ITrainingCheckpoint place, byte[] identity)
    {
        (this.place, this.identity) = (place, identity);
        states = Read();
    }

    private static ReadOnlySpan<byte> Magic => "CSURVCP1"u8;

    /// <summary>The identity of a training: everything that decides its bits, the library's version among it.</summary>
    public static byte[] Identify(Seed seed, string pairsSha256, string options) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', seed, pairsSha256, options, ModelFile.LibraryVersion)));

    /// <summary>The part of one network; networks begin in order.</summary>
    public NetworkCheckpoint Network(int index) => new(this, index);

    /// <summary>The state of a network, or null when it has not begun.</summary>
    public TrainingState? Found(int network) => network < states.Count ? states[network] : null;

    /// <summary>Counts the pairs passed since the last time and saves when they are enough.</summary>
    public void Passed(int network, int pairs, Func<TrainingState> state)
    {
        passed += pairs;
        if (passed < place.PairsBetweenSaves) return;
        Keep(network, state());
        place.Save(Write);
        passed = 0;
    }

    /// <summary>Takes a state in, to be saved with the next one that is.</summary>
    public void Keep(int network, TrainingState state)
    {
        if (network < states.Count) states[network] = state;
        else states.Add(state);
    }

    private void Write(Stream stream)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Magic);
        writer.Write(identity);
        writer.Write(states.Count);
        foreach (var state in states) state.Write(writer);
        writer.Flush();
        var content = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        stream.Write(content);
        stream.Write(SHA256.HashData(content));
    }

    // What is damaged, of another training or of another version is as good as nothing.
    private List<TrainingState> Read()
    {
        using var stream = place.Open();
        if (stream is null) return [];
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var start = Magic.Length + identity.Length;
        var file = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        if (file.Length < start + HashLength || !file[..Magic.Length].SequenceEqual(Magic) || !file[Magic.Length..start].SequenceEqual(identity)) return [];
        if (!file[^HashLength..].SequenceEqual(SHA256.HashData(file[..^HashLength]))) return [];
        memory.Position = start;
        using var reader = new BinaryReader(memory);
        var read = new List<TrainingState>();
        for (var left = reader.ReadInt32(); left > 0; left--) read.Add(TrainingState.Read(reader));
        return read;
    }
}
