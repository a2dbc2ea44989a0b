using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.ModelFiles;

/// <summary>
/// The file of a trained model, little-endian: eight letters, the format's version (uint32), the length of the header (uint32), the header
/// (JSON, UTF-8, names in snake case), the tensors it lists as float32 one after the other, and the SHA-256 of all before.
/// </summary>
internal static class ModelFile
{
    /// <summary>The version that is written; earlier ones are read. 2 added the linear trend of a network and the bins of a spline.</summary>
    public const uint FormatVersion = 2;

    private const int HashLength = 32, Prologue = 16;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Version of this library.</summary>
    public static string LibraryVersion { get; } = typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static ReadOnlySpan<byte> Magic => "CSURVSBI"u8;

    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, ModelDescription description, DensityEnsemble ensemble)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(Describe(description, ensemble), Json);
        Span<byte> prologue = stackalloc byte[Prologue];
        Magic.CopyTo(prologue);
        BinaryPrimitives.WriteUInt32LittleEndian(prologue[8..], FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(prologue[12..], (uint)header.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(stream, hash, prologue);
        Append(stream, hash, header);
        foreach (var member in ensemble.Members) Append(stream, hash, MemoryMarshal.AsBytes(member.Network.Parameters.AsSpan()));
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads a model of a method.</summary>
    /// <exception cref="ModelFileException">It cannot be.</exception>
    public static (ModelDescription Description, DensityEnsemble Ensemble) Read(Stream stream, string method)
    {
        var file = ReadToEnd(stream);
        var (header, numbers) = Split(file);
        if (header.Method != method) throw new ModelFileException($"the file holds a model of method '{header.Method}', expected '{method}'");
        return Consistent(() => (Describe(header), Build(header, file.AsSpan(numbers))));
    }

    /// <summary>Reads what a model of any method says of itself.</summary>
    /// <exception cref="ModelFileException">It cannot be.</exception>
    public static ModelDescription ReadDescription(Stream stream)
    {
        var (header, _) = Split(ReadToEnd(stream));
        return Consistent(() => Describe(header));
    }

    private static byte[] ReadToEnd(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    // The header of a whole file, and where its numbers are.
    private static (ModelHeader Header, Range Numbers) Split(byte[] file)
    {
        CheckWhole(file);
        var end = Prologue + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(12));
        return (Parse(file.AsSpan(Prologue..end)), end..^HashLength);
    }

    private static T Consistent<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException problem)
        {
            throw new ModelFileException($"the header of the model file contradicts itself: {problem.Message}", problem);
        }
    }

    private static void CheckWhole(ReadOnlySpan<byte> file)
    {
        if (file.Length < Prologue || !file[..8].SequenceEqual(Magic))
            throw new ModelFileException($"not a model file: it begins with '{Printable(file[..Math.Min(8, file.Length)])}', a model with '{Encoding.ASCII.GetString(Magic)}'");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (version is 0 or > FormatVersion)
            throw new ModelFileException($"the model file has format {version}, this version of the library ({LibraryVersion}) reads up to {FormatVersion}; read it with a later version");
        var least = (long)Prologue + BinaryPrimitives.ReadUInt32LittleEndian(file[12..]) + HashLength;
        if (file.Length < least) throw new ModelFileException($"the model file ends after {file.Length} bytes, its header alone asks for {least}; it was cut, copy it again");
        var found = Convert.ToHexStringLower(file[^HashLength..]);
        var computed = Convert.ToHexStringLower(SHA256.HashData(file[..^HashLength]));
        if (found != computed) throw new ModelFileException($"the model file is damaged: its content hashes to {computed}, its last bytes say {found}; copy it again or train again");
    }

    private static ModelHeader Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelHeader>(json, Json) ?? throw new ModelFileException("the header of the model file is null");
        }
        catch (JsonException problem)
        {
            throw new ModelFileException($"the header of the model file is not as format {FormatVersion} says: {problem.Message}", problem);
        }
    }

    private static ModelHeader Describe(ModelDescription description, DensityEnsemble ensemble) => new()
    {
        LibraryVersion = description.LibraryVersion,
        Method = description.Method,
        Architecture = description.Architecture,
        ParameterNames = [.. description.ParameterNames],
        DataCount = description.DataCount,
        Prior = description.Prior,
        Bounds = description.Bounds is { } bounds ? new BoundsHeader(bounds.Low, bounds.High) : null,
        PairCount = description.PairCount,
        PairsSha256 = description.PairsSha256,
        Networks = [.. ensemble.Members.Select((m, k) => new NetworkHeader
        {
            Weight = ensemble.Weights[k],
            Orders = m.Network.Layout.Orders,
            Conditions = new ScaleHeader(m.Conditions.Centre, m.Conditions.Scale),
            Variables = new ScaleHeader(m.Variables.Centre, m.Variables.Scale),
            Trend = m.Scales.Trend is { } trend ? new TrendHeader(trend.Offsets, trend.Slopes, trend.Lower) : null,
            History = m.History,
        })],
        Tensors = [.. ensemble.Members.SelectMany((m, k) => Tensors(k, m.Network.Layout))],
    };

    private static ModelDescription Describe(ModelHeader header) => new(
        header.Method, header.LibraryVersion, header.Architecture, header.ParameterNames, header.DataCount, header.Prior, header.PairCount,
        header.PairsSha256, [.. header.Networks.Select(n => n.Weight)], [.. header.Networks.Select(n => n.History)],
        header.Bounds is { } bounds ? new ParameterBounds(bounds.Low, bounds.High) : null);

    private static IEnumerable<TensorHeader> Tensors(int network, FlowLayout layout)
    {
        for (var t = 0; t < layout.Transforms; t++)
        {
            for (var l = 0; l <= layout.HiddenLayers; l++)
            {
                var layer = layout.Layers(t)[l];
                yield return new TensorHeader($"network{network}/transform{t}/layer{l}/weight", [layer.Outputs, layer.Inputs]);
                yield return new TensorHeader($"network{network}/transform{t}/layer{l}/bias", [layer.Outputs]);
            }
        }
    }

    private static DensityEnsemble Build(ModelHeader header, ReadOnlySpan<byte> numbers)
    {
        header.Architecture.Validate();
        if (header.Networks.Length == 0) throw new ModelFileException("the model file has no network");
        var members = new DensityMember[header.Networks.Length];
        List<TensorHeader> expected = [];
        for (var k = 0; k < members.Length; k++)
        {
            members[k] = Build(header, header.Networks[k], ref numbers);
            expected.AddRange(Tensors(k, members[k].Network.Layout));
        }
        RequireSame(header.Tensors, expected);
        if (numbers.Length > 0) throw new ModelFileException($"the model file has {numbers.Length} bytes more than its tensors take");
        return new DensityEnsemble(members, [.. header.Networks.Select(n => n.Weight)]);
    }

    private static DensityMember Build(ModelHeader header, NetworkHeader network, ref ReadOnlySpan<byte> numbers)
    {
        var conditions = new Standardization(network.Conditions.Centre, network.Conditions.Scale);
        var variables = new Standardization(network.Variables.Centre, network.Variables.Scale);
        var (parameters, data) = header.Method == NeuralPosterior.Method ? (variables.Width, conditions.Width) : (conditions.Width, variables.Width);
        if (parameters != header.ParameterNames.Length || data != header.DataCount)
            throw new ModelFileException($"the model file standardises {parameters} parameters and {data} data, it names {header.ParameterNames.Length} and {header.DataCount}");
        if (header.Bounds is { } bounds && bounds.Low.Length != parameters) throw new ModelFileException($"the model file bounds {bounds.Low.Length} of {parameters} parameters");
        var trend = network.Trend is { } t ? new LinearTrend(t.Offsets, t.Slopes, t.Lower) : null;
        if (trend is not null && (trend.Offsets.Length != variables.Width || trend.Slopes.Length != variables.Width * conditions.Width))
            throw new ModelFileException($"the model file has a trend of {trend.Offsets.Length} variables, it standardises {variables.Width} under {conditions.Width} conditions");
        int[] identity = [.. Enumerable.Range(0, variables.Width)];
        if (network.Orders.Length != header.Architecture.Transforms || !network.Orders.All(o => o.Order().SequenceEqual(identity)))
            throw new ModelFileException($"the model file does not give an order of {variables.Width} variables for each of {header.Architecture.Transforms} transforms");
        var flow = ConditionalNetwork.Of(header.Method == NeuralRatio.Method
            ? FlowLayout.Classifier(header.Architecture, variables.Width, conditions.Width)
            : FlowLayout.Flow(header.Architecture, variables.Width, conditions.Width, network.Orders));
        var length = flow.Parameters.Length * sizeof(float);
        if (numbers.Length < length) throw new ModelFileException($"the model file has {numbers.Length} bytes where a network's tensors take {length}");
        numbers[..length].CopyTo(MemoryMarshal.AsBytes(flow.Parameters.AsSpan()));
        numbers = numbers[length..];
        return new DensityMember(flow, new PairScales(conditions, variables, trend), network.History);
    }

    private static void RequireSame(TensorHeader[] found, List<TensorHeader> expected)
    {
        for (var i = 0; i < Math.Max(found.Length, expected.Count); i++)
        {
            var (f, e) = (i < found.Length ? Text(found[i]) : "nothing", i < expected.Count ? Text(expected[i]) : "nothing");
            if (f != e) throw new ModelFileException($"tensor {i} of the model file is {f}, the architecture asks for {e}");
        }
    }

    private static string Text(TensorHeader tensor) => $"{tensor.Name}[{string.Join(", ", tensor.Shape)}]";

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes) text.Append(b is >= 32 and < 127 ? (char)b : '.');
        return text.ToString();
    }

    private static void Append(Stream stream, IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        stream.Write(bytes);
    }
}
