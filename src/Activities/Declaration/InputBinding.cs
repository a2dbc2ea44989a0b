using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>
/// Turns the values of a workflow (JSON; literals are text) into the typed inputs of a step, and checks them
/// against the declared range and choices. Text is read with the invariant culture.
/// </summary>
public static class InputBinding
{
    /// <summary>Sets every input of a step; every problem is gathered before any is thrown.</summary>
    public static void Bind(StepDescriptor descriptor, Step step, IReadOnlyDictionary<string, JsonNode?> values)
    {
        var problems = new List<Problem>();
        foreach (var name in values.Keys.Where(name => !descriptor.Inputs.Any(input => input.Name == name)))
            problems.Add(new Problem($"{descriptor.TypeName}.{name}", "an input of this name",
                $"one of {string.Join(", ", descriptor.Inputs.Select(input => input.Name))}", "correct the name in the definition"));
        foreach (var input in descriptor.Inputs)
        {
            if (!values.TryGetValue(input.Name, out var value))
            {
                if (input.Required)
                    problems.Add(new Problem($"{descriptor.TypeName}.{input.Name}", "no value", $"a value of type {input.Type.Name}",
                        "bind the input in the definition"));
                continue;
            }
            var problem = TryConvert(descriptor, input, value, out var converted);
            if (problem is not null) problems.Add(problem);
            else input.Property.SetValue(step, converted);
        }
        if (problems.Count > 0) throw new BadInputException(problems);
    }

    /// <summary>Converts one value to the type of an input and checks it; null when it is good.</summary>
    public static Problem? TryConvert(StepDescriptor descriptor, StepInput input, JsonNode? value, out object? converted)
    {
        var where = $"{descriptor.TypeName}.{input.Name}";
        try
        {
            converted = Convert(value, input.Type);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException or OverflowException or NotSupportedException)
        {
            converted = null;
            return new Problem(where, Shown(value), $"a value of type {input.Type.Name}", "correct the value in the definition");
        }
        return converted switch
        {
            null when input.Required => new Problem(where, "nothing", $"a value of type {input.Type.Name}", "bind the input in the definition"),
            string text when input.Declared.Choices.Length > 0 && !input.Declared.Choices.Contains(text)
                => new Problem(where, $"'{text}'", $"one of {string.Join(", ", input.Declared.Choices)}", "choose one of them"),
            int or long or double when !InRange(input.Declared, System.Convert.ToDouble(converted, CultureInfo.InvariantCulture))
                => new Problem(where, Shown(value), RangeOf(input.Declared), "give a value in the range"),
            _ => null,
        };
    }

    private static object? Convert(JsonNode? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw new FormatException("null") : null;
        if (value.GetValueKind() == JsonValueKind.String) return ConvertText(value.GetValue<string>(), target);
        if (target == typeof(string)) return value.ToJsonString();
        if (target == typeof(int)) return checked((int)WholeNumber(value));
        if (target == typeof(long)) return checked((long)WholeNumber(value));
        return value.Deserialize(target, SurveyJson.Options);
    }

    // A JavaScript expression gives 3 as 3.0: whole numbers are accepted in either spelling.
    private static double WholeNumber(JsonNode value)
    {
        var number = value.Deserialize<double>(SurveyJson.Options);
        return number == Math.Floor(number) ? number : throw new FormatException("not a whole number");
    }

    private static object? ConvertText(string text, Type target)
    {
        if (target == typeof(string)) return text;
        if (target == typeof(double)) return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (target == typeof(int)) return int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (target == typeof(long)) return long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (target == typeof(bool)) return bool.Parse(text);
        if (target.IsEnum) return Enum.Parse(target, text, ignoreCase: true);
        return JsonSerializer.Deserialize(text, target, SurveyJson.Options);
    }

    private static bool InRange(InputAttribute declared, double value) => value >= declared.Min && value <= declared.Max;

    private static string RangeOf(InputAttribute declared)
    {
        var unit = declared.Unit is null ? "" : $" {declared.Unit}";
        return string.Create(CultureInfo.InvariantCulture, $"a value in [{declared.Min}, {declared.Max}]{unit}");
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() is { } text ? text.Length > 80 ? $"{text[..80]}..." : text : "null";
}
