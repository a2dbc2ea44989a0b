using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using ScriptEngine = Jint.Engine;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>Carries values between workflow JSON and one script engine.</summary>
internal sealed class JavaScriptValues(ScriptEngine engine)
{
    private const int DeepestNesting = 60;
    private const double LargestExactWhole = 9007199254740992;

    public JsValue ToScript(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => JsValue.Null,
        JsonValueKind.True => JsBoolean.True,
        JsonValueKind.False => JsBoolean.False,
        JsonValueKind.Number => new JsNumber(value.GetDouble()),
        JsonValueKind.String => new JsString(value.GetString()!),
        _ => new JsonParser(engine).Parse(value.GetRawText()),
    };

    /// <summary>Whole numbers stay whole, so that a literal 16 and a computed 16 are the same text.</summary>
    public JsonElement ToElement(JsValue value)
    {
        if (value.IsUndefined() || value.IsNull()) return WorkflowValue.Null;
        if (value.IsNumber()) return ToElement(value.AsNumber());
        if (value.IsString()) return WorkflowValue.Of(value.AsString());
        if (value.IsBoolean()) return WorkflowValue.Of(value.AsBoolean());
        var json = Serialize(value, JsValue.Undefined, JsValue.Undefined);
        return json.IsString() ? WorkflowValue.Parse(json.AsString()) : throw new FormatException("the script gives a function or a symbol, not a value");
    }

    /// <summary><c>JSON.stringify</c> that a value nested without end cannot make overflow the stack.</summary>
    public JsValue Serialize(JsValue value, JsValue replacer, JsValue space)
    {
        var depths = new Dictionary<JsValue, int>(ReferenceEqualityComparer.Instance);
        var kept = replacer is JsArray list ? list.Select(TypeConverter.ToString).ToHashSet(StringComparer.Ordinal) : null;
        return new Jint.Native.Json.JsonSerializer(engine).Serialize(value, new ClrFunction(engine, "", Visit), space);

        JsValue Visit(JsValue holder, JsValue[] arguments)
        {
            var depth = depths.GetValueOrDefault(holder) + 1;
            if (depth > DeepestNesting) throw new FormatException($"the value is nested more than {DeepestNesting} deep");
            if (kept is not null && depth > 1 && holder is not JsArray && !kept.Contains(TypeConverter.ToString(arguments.At(0)))) return JsValue.Undefined;
            var member = replacer is Jint.Native.Function.Function replace ? replace.Call(holder, arguments) : arguments.At(1);
            if (member.IsObject()) depths[member] = depth;
            return member;
        }
    }

    /// <summary>An object whose members are read (and written) only when the script touches them.</summary>
    public JsObject View(IEnumerable<string> names, Func<string, JsValue> get, Action<string, JsValue>? set)
    {
        var view = new JsObject(engine);
        foreach (var name in names)
        {
            var getter = new ClrFunction(engine, name, (_, _) => get(name));
            var setter = set is null ? null : new ClrFunction(engine, name, (_, arguments) => Store(set, name, arguments.At(0)));
            view.DefineOwnProperty(name, new GetSetPropertyDescriptor(getter, setter, enumerable: true, configurable: false));
        }
        return view;
    }

    private static JsValue Store(Action<string, JsValue> set, string name, JsValue value)
    {
        set(name, value);
        return JsValue.Undefined;
    }

    private static JsonElement ToElement(double number) => number == Math.Floor(number) && Math.Abs(number) < LargestExactWhole
        ? WorkflowValue.Of((long)number)
        : System.Text.Json.JsonSerializer.SerializeToElement(number, SurveyJson.Options);
}
