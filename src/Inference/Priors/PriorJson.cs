using System.Text.Json;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Priors;

/// <summary>The JSON form of a prior, read strictly: what is not understood is an error, never ignored.</summary>
internal static class PriorJson
{
    private static readonly Dictionary<string, string[]> NumbersOf = new(StringComparer.Ordinal)
    {
        ["uniform"] = ["low", "high"],
        ["normal"] = ["mean", "std"],
        ["log_normal"] = ["mu", "sigma"],
        ["truncated_normal"] = ["mean", "std", "low", "high"],
    };

    public static Prior Read(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.ToArray());
        }
        catch (JsonException problem)
        {
            throw new PriorFormatException("", $"this is not JSON, line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}", problem);
        }
        using (document) return Read(document.RootElement);
    }

    public static void Write(Prior prior, Stream json)
    {
        using var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray("parameters");
        foreach (var (name, distribution) in prior.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("distribution", distribution.Kind);
            foreach (var (key, number) in Numbers(distribution)) writer.WriteNumber(key, number);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Prior Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new PriorFormatException("", $"found {Article(root)}, expected an object with the key 'parameters'");
        CheckKeys(root, "", ["parameters"]);
        var list = root.GetProperty("parameters");
        if (list.ValueKind != JsonValueKind.Array) throw new PriorFormatException("/parameters", $"found {Article(list)}, expected an array of parameters");
        var parameters = list.EnumerateArray().Select((element, index) => ReadParameter(element, $"/parameters/{index}")).ToArray();
        try
        {
            return new Prior(parameters);
        }
        catch (ArgumentException problem)
        {
            throw new PriorFormatException("/parameters", problem.Message, problem);
        }
    }

    private static PriorParameter ReadParameter(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new PriorFormatException(pointer, $"found {Article(element)}, expected an object");
        var kind = ReadText(element, pointer, "distribution");
        if (!NumbersOf.TryGetValue(kind, out var keys))
        {
            throw new PriorFormatException($"{pointer}/distribution", $"unknown distribution '{kind}'; {Spelling.Suggest(kind, [.. NumbersOf.Keys])}");
        }
        CheckKeys(element, pointer, ["name", "distribution", .. keys]);
        var name = ReadText(element, pointer, "name");
        var numbers = keys.Select(key => ReadNumber(element, pointer, key)).ToArray();
        try
        {
            return new PriorParameter(name, Create(kind, numbers));
        }
        catch (ArgumentOutOfRangeException problem)
        {
            throw new PriorFormatException($"{pointer}/{problem.ParamName}", problem.Message, problem);
        }
    }

    private static PriorDistribution Create(string kind, double[] numbers) => kind switch
    {
        "uniform" => new UniformDistribution(numbers[0], numbers[1]),
        "normal" => new NormalDistribution(numbers[0], numbers[1]),
        "log_normal" => new LogNormalDistribution(numbers[0], numbers[1]),
        _ => new TruncatedNormalDistribution(numbers[0], numbers[1], numbers[2], numbers[3]),
    };

    private static IEnumerable<(string Key, double Number)> Numbers(PriorDistribution distribution) =>
        NumbersOf[distribution.Kind].Zip(distribution switch
        {
            LogNormalDistribution log => (double[])[log.Mu, log.Sigma],
            TruncatedNormalDistribution cut => [cut.UncutMean, cut.UncutStandardDeviation, cut.Low, cut.High],
            UniformDistribution flat => [flat.Low, flat.High],
            _ => [distribution.Mean, distribution.StandardDeviation],
        });

    private static void CheckKeys(JsonElement element, string pointer, string[] known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var at = $"{pointer}/{property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (!known.Contains(property.Name)) throw new PriorFormatException(at, $"unknown key '{property.Name}'; {Spelling.Suggest(property.Name, known)}");
            if (!seen.Add(property.Name)) throw new PriorFormatException(at, $"the key '{property.Name}' stands there twice");
        }
        var missing = known.FirstOrDefault(key => !seen.Contains(key));
        if (missing is not null) throw new PriorFormatException(pointer, $"the key '{missing}' is missing; expected {string.Join(", ", known)}");
    }

    private static string ReadText(JsonElement element, string pointer, string key)
    {
        if (!element.TryGetProperty(key, out var value)) throw new PriorFormatException(pointer, $"the key '{key}' is missing");
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new PriorFormatException($"{pointer}/{key}", $"found {Article(value)}, expected a text");
    }

    private static double ReadNumber(JsonElement element, string pointer, string key)
    {
        var value = element.GetProperty(key);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new PriorFormatException($"{pointer}/{key}", $"found {Article(value)}, expected a finite number");
    }

    private static string Article(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };
}
