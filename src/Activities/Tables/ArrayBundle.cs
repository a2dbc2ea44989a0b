using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Named arrays and a JSON description in one .npz file that NumPy opens as well. The same content gives the same
/// bytes on every machine: entries in the order of their names, stored without compression, with one fixed date.
/// </summary>
public sealed class ArrayBundle
{
    private const string MetadataEntry = "metadata.json";
    private const long LongestMetadata = 64L << 20;
    private static readonly DateTimeOffset FixedDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, (Array Values, int[] Shape)> arrays = new(StringComparer.Ordinal);

    /// <summary>What the arrays are: any JSON object. Its properties are written in the order in which they were set.</summary>
    public JsonObject Metadata { get; init; } = [];

    public IReadOnlyCollection<string> Names => arrays.Keys;

    /// <summary>Adds an array in C order; without a shape it is one-dimensional.</summary>
    public ArrayBundle Add(string name, double[] values, params int[] shape) => AddArray(name, values, shape);

    /// <inheritdoc cref="Add(string, double[], int[])"/>
    public ArrayBundle Add(string name, float[] values, params int[] shape) => AddArray(name, values, shape);

    /// <inheritdoc cref="Add(string, double[], int[])"/>
    public ArrayBundle Add(string name, int[] values, params int[] shape) => AddArray(name, values, shape);

    /// <inheritdoc cref="Add(string, double[], int[])"/>
    public ArrayBundle Add(string name, bool[] values, params int[] shape) => AddArray(name, values, shape);

    /// <exception cref="BadInputException">There is no array of this name, or it holds another kind of number.</exception>
    public double[] Doubles(string name) => Find<double>(name);

    /// <inheritdoc cref="Doubles"/>
    public float[] Singles(string name) => Find<float>(name);

    /// <inheritdoc cref="Doubles"/>
    public int[] Integers(string name) => Find<int>(name);

    /// <inheritdoc cref="Doubles"/>
    public bool[] Booleans(string name) => Find<bool>(name);

    public bool Contains(string name) => arrays.ContainsKey(name);

    public int[] Shape(string name) => Find(name).Shape;

    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <param name="stream">Need not be seekable.</param>
    public void Write(Stream stream)
    {
        using var whole = new MemoryStream();
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            WriteEntry(zip, MetadataEntry, entry => entry.Write(System.Text.Encoding.UTF8.GetBytes(Metadata.ToJsonString())));
            foreach (var (name, (values, shape)) in arrays) WriteEntry(zip, $"{name}.npy", entry => WriteArray(entry, values, shape));
        }
        whole.Position = 0;
        whole.CopyTo(stream);
    }

    public static ArrayBundle Load(string path)
    {
        using var stream = InputFiles.Open(path);
        return Read(stream, path);
    }

    /// <param name="stream">Seekable.</param>
    /// <param name="where">The name of the file or artifact, for messages.</param>
    /// <exception cref="BadInputException">Not a bundle, or a damaged one.</exception>
    public static ArrayBundle Read(Stream stream, string where)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Read(zip, stream.Length, where);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new BadInputException(where, $"a damaged archive ({failure.Message})", "an .npz bundle", "compute or copy the file again", failure);
        }
    }

    private static ArrayBundle Read(ZipArchive zip, long fileLength, string where)
    {
        var bundle = new ArrayBundle { Metadata = ReadMetadata(zip, fileLength, where) };
        foreach (var entry in zip.Entries.Where(entry => entry.FullName != MetadataEntry))
        {
            var part = $"{where}[{entry.FullName}]";
            var name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : "";
            if (!IsName(name) || bundle.Contains(name))
                throw new BadInputException(part, "an entry of this name", "each array once, as <name>.npy, and metadata.json", "write the bundle again");
            CheckSize(entry, fileLength, part);
            using var content = entry.Open();
            var header = NpyHeader.Read(content, entry.Length, part);
            bundle.arrays[name] = (ReadArray(content, header, part), header.Shape);
        }
        return bundle;
    }

    private static JsonObject ReadMetadata(ZipArchive zip, long fileLength, string where)
    {
        var part = $"{where}[{MetadataEntry}]";
        if (zip.Entries.Count(entry => entry.FullName == MetadataEntry) != 1)
            throw new BadInputException(part, "no such entry, or several", "one JSON entry", "write the bundle again");
        var entry = zip.GetEntry(MetadataEntry)!;
        CheckSize(entry, fileLength, part);
        if (entry.Length > LongestMetadata) throw new BadInputException(part, $"{entry.Length} bytes", $"at most {LongestMetadata}", "write the bundle again");
        try
        {
            using var content = entry.Open();
            return JsonNode.Parse(Npy.ReadRaw<byte>(content, (int)entry.Length, part)) as JsonObject
                ?? throw new BadInputException(part, "JSON that is no object", "a JSON object", "write the bundle again");
        }
        catch (System.Text.Json.JsonException failure)
        {
            throw new BadInputException(part, failure.Message, "a JSON object", "write the bundle again", failure);
        }
    }

    /// <summary>A deflate stream grows at most 1032-fold; a claim beyond that is a bomb or damage, and nothing is allocated for it.</summary>
    private static void CheckSize(ZipArchiveEntry entry, long fileLength, string part)
    {
        if (entry.CompressedLength > fileLength || entry.Length > (1032 * entry.CompressedLength) + 1024)
            throw new BadInputException(part, $"a claim of {entry.Length} bytes from {entry.CompressedLength} in a file of {fileLength}", "sizes that the file can hold", "the archive is damaged: compute or copy it again");
    }

    private static Array ReadArray(Stream content, NpyHeader header, string part) => header.Type switch
    {
        NpyType.Float64 => Npy.ReadRaw<double>(content, header.Count, part),
        NpyType.Float32 => Npy.ReadRaw<float>(content, header.Count, part),
        NpyType.Int32 => Npy.ReadRaw<int>(content, header.Count, part),
        NpyType.Boolean => Array.ConvertAll(Npy.ReadRaw<byte>(content, header.Count, part), value => value != 0),
        _ => throw new BadInputException(part, $"numbers of type {header.Type}", "f8, f4, i4 or bool", "write the bundle again"),
    };

    private static void WriteEntry(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = FixedDate;
        using var content = entry.Open();
        write(content);
    }

    private static void WriteArray(Stream stream, Array values, int[] shape)
    {
        switch (values)
        {
            case double[] doubles: WriteRaw<double>(stream, NpyType.Float64, doubles, shape); break;
            case float[] singles: WriteRaw<float>(stream, NpyType.Float32, singles, shape); break;
            case int[] integers: WriteRaw<int>(stream, NpyType.Int32, integers, shape); break;
            case bool[] booleans: WriteRaw<bool>(stream, NpyType.Boolean, booleans, shape); break;
            default: throw new ArgumentException($"found an array of {values.GetType().GetElementType()}, expected double, float, int or bool", nameof(values));
        }
    }

    private static void WriteRaw<T>(Stream stream, NpyType type, ReadOnlySpan<T> values, int[] shape) where T : unmanaged
    {
        stream.Write(NpyHeader.Write(type, shape));
        for (; values.Length > 0; values = values[Math.Min(values.Length, 1 << 20)..])
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, 1 << 20)]));
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');

    private ArrayBundle AddArray(string name, Array values, int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!IsName(name)) throw new ArgumentException($"found the name '{name}', expected letters, digits, '_', '-' and '.'", nameof(name));
        if (shape.Length == 0) shape = [values.Length];
        Npy.CheckShape(values.Length, shape);
        if (!arrays.TryAdd(name, (values, [.. shape]))) throw new ArgumentException($"found a second array '{name}', expected each name once", nameof(name));
        return this;
    }

    private T[] Find<T>(string name) =>
        Find(name).Values as T[] ?? throw new BadInputException(name, $"an array of {Find(name).Values.GetType().GetElementType()!.Name}", typeof(T).Name, "the bundle was written by another version: compute it again");

    private (Array Values, int[] Shape) Find(string name) =>
        arrays.TryGetValue(name, out var found) ? found : throw new BadInputException(name, "no such array in the bundle", "an array of this name", Spelling.Suggest(name, arrays.Keys));
}
