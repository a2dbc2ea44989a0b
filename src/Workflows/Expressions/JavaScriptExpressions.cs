using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using ScriptEngine = Jint.Engine;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>
/// JavaScript as Elsa's expressions see it: <c>getName()</c> and <c>setName(value)</c> for every variable, <c>getName()</c> for
/// every workflow input, <c>getOutputFromActivity()</c> for the outputs of finished activities, <c>getInput('name')</c>,
/// <c>variables.name</c>, <c>input.name</c>, <c>getOutputFrom('activity', 'output')</c>. A script
/// has no access to the host; its time, memory, statements and recursion are limited; it has no random numbers and
/// no way to make code from text.
/// </summary>
public sealed class JavaScriptExpressions
{
    private const long MemoryLimitBytes = 128L << 20;
    private const int RecursionLimit = 128;
    private const int StatementLimit = 5_000_000;
    private const int ArrayLimit = 10_000_000;
    // The count of statements ends an endless script at the same place on every machine; the time is for one slow call.
    private static readonly TimeSpan timeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan patternTimeLimit = TimeSpan.FromSeconds(2);
    // Chance would make runs differ; arrays of bytes and whole numbers without end work in loops that no limit reaches.
    private static readonly Prepared<Script> fence = ScriptEngine.PrepareScript(
        """
        delete Math.random;
        for (const name of ['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'BigInt', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array',
            'Uint16Array', 'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'WebAssembly'])
            delete globalThis[name];
        """);
    private static readonly Lazy<HashSet<string>> ofTheLanguage = new(NamesOfTheLanguage);
    private static readonly ScriptPreparationOptions preparation = new() { ParsingOptions = new ScriptParsingOptions { RegexTimeout = patternTimeLimit } };

    private readonly ConcurrentDictionary<string, Prepared<Script>> prepared = new(StringComparer.Ordinal);

    /// <summary>The functions that are always there.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        "getInput", "getVariable", "setVariable", "getOutputFrom", "getWorkflowInstanceId", "getWorkflowDefinitionId", "getWorkflowDefinitionVersionId",
        "getWorkflowDefinitionVersion", "isNullOrWhiteSpace", "isNullOrEmpty", "toJson",
    ];

    /// <summary>True for a name that scripts find without declaring it: of the language, or one of <see cref="Functions"/>.</summary>
    public static bool IsKnown(string function) => Functions.Contains(function) || ofTheLanguage.Value.Contains(function);

    /// <summary>The value of a script's last statement.</summary>
    /// <exception cref="ExpressionException">The script is wrong, throws, or exceeds a limit.</exception>
    /// <exception cref="OperationCanceledException">The run is cancelled.</exception>
    public JsonElement Evaluate(string script, ExpressionScope scope, CancellationToken cancellation)
    {
        try
        {
            var engine = new ScriptEngine(options => Limit(options, cancellation));
            var values = new JavaScriptValues(engine);
            Declare(engine, values, scope);
            return values.ToElement(engine.Evaluate(prepared.GetOrAdd(script, static text => Prepare(text))));
        }
        catch (ExecutionCanceledException stopped)
        {
            throw new OperationCanceledException(stopped.Message, stopped, cancellation);
        }
        catch (Exception wrong) when (wrong is JintException or TimeoutException or ArgumentException or FormatException or JsonException or InvalidOperationException or OutOfMemoryException)
        {
            throw new ExpressionException(Format.Expression.JavaScript, script, wrong.Message, wrong);
        }
    }

    /// <summary>Parses a script.</summary>
    /// <exception cref="ScriptPreparationException">Its syntax is wrong.</exception>
    /// <exception cref="FormatException">It holds whole numbers without end (<c>2n</c>), whose arithmetic no limit reaches.</exception>
    public static Prepared<Script> Prepare(string script)
    {
        var parsed = ScriptEngine.PrepareScript(script, options: preparation);
        return parsed.Program!.DescendantNodes().Any(node => node is BigIntLiteral) ? throw new FormatException("numbers such as 2n are not supported") : parsed;
    }

    private static HashSet<string> NamesOfTheLanguage()
    {
        var engine = new ScriptEngine();
        engine.Execute(fence);
        return [.. engine.Global.GetOwnPropertyKeys(Types.String).Select(name => name.AsString())];
    }

    private static void Limit(Options options, CancellationToken cancellation)
    {
        options.LimitMemory(MemoryLimitBytes).LimitRecursion(RecursionLimit).MaxStatements(StatementLimit).TimeoutInterval(timeLimit).MaxArraySize(ArrayLimit).RegexTimeoutInterval(patternTimeLimit);
        options.CancellationToken(cancellation).DisableStringCompilation().LocalTimeZone(TimeZoneInfo.Utc);
    }

    private static void Declare(ScriptEngine engine, JavaScriptValues values, ExpressionScope scope)
    {
        foreach (var name in scope.VariableNames)
        {
            var accessor = AccessorName(name);
            Function(engine, $"get{accessor}", _ => Variable(values, scope, name));
            Function(engine, $"set{accessor}", arguments => Assign(values, scope, name, arguments.At(0)));
        }
        foreach (var name in scope.InputNames) Function(engine, $"get{name}", _ => Input(values, scope, name));
        foreach (var (activity, output) in scope.ActivityOutputs)
            Function(engine, OutputAccessorName(activity, output), _ => scope.TryGetOutput(activity, output, out var value) ? values.ToScript(value) : JsValue.Null);
        Function(engine, "getVariable", arguments => Variable(values, scope, TypeConverter.ToString(arguments.At(0))));
        Function(engine, "setVariable", arguments => Assign(values, scope, TypeConverter.ToString(arguments.At(0)), arguments.At(1)));
        Function(engine, "getInput", arguments => Input(values, scope, TypeConverter.ToString(arguments.At(0))));
        Function(engine, "getOutputFrom", arguments => Output(values, scope, arguments));
        Function(engine, "getWorkflowInstanceId", _ => scope.InstanceId);
        Function(engine, "getWorkflowDefinitionId", _ => scope.DefinitionId);
        Function(engine, "getWorkflowDefinitionVersionId", _ => scope.DefinitionVersionId);
        Function(engine, "getWorkflowDefinitionVersion", _ => scope.DefinitionVersion);
        Function(engine, "isNullOrWhiteSpace", arguments => IsNothing(arguments.At(0)) || string.IsNullOrWhiteSpace(TypeConverter.ToString(arguments.At(0))));
        Function(engine, "isNullOrEmpty", arguments => IsNothing(arguments.At(0)) || TypeConverter.ToString(arguments.At(0)).Length == 0);
        Function(engine, "toJson", arguments => values.ToElement(arguments.At(0)).GetRawText());
        engine.SetValue("variables", values.View(scope.VariableNames, name => Variable(values, scope, name), (name, value) => Assign(values, scope, name, value)));
        engine.SetValue("input", values.View(scope.InputNames, name => Input(values, scope, name), null));
        ((ObjectInstance)engine.GetValue("JSON")).FastSetProperty("stringify", new PropertyDescriptor(
            new ClrFunction(engine, "stringify", (_, arguments) => values.Serialize(arguments.At(0), arguments.At(1), arguments.At(2))), writable: true, enumerable: false, configurable: true));
        engine.Execute(fence);
    }

    private static void Function(ScriptEngine engine, string name, Func<JsValue[], JsValue> body)
        => engine.SetValue(name, new ClrFunction(engine, name, (_, arguments) => body(arguments)));

    private static JsValue Variable(JavaScriptValues values, ExpressionScope scope, string name) => scope.TryGetVariable(name, out var value) ? values.ToScript(value) : JsValue.Null;

    private static JsValue Input(JavaScriptValues values, ExpressionScope scope, string name) => scope.TryGetInput(name, out var value) ? values.ToScript(value) : JsValue.Null;

    private static JsValue Assign(JavaScriptValues values, ExpressionScope scope, string name, JsValue value)
    {
        scope.SetVariable(name, values.ToElement(value));
        return JsValue.Undefined;
    }

    private static JsValue Output(JavaScriptValues values, ExpressionScope scope, JsValue[] arguments)
    {
        var output = IsNothing(arguments.At(1)) ? null : TypeConverter.ToString(arguments.At(1));
        return scope.TryGetOutput(TypeConverter.ToString(arguments.At(0)), output, out var value) ? values.ToScript(value) : JsValue.Null;
    }

    private static bool IsNothing(JsValue value) => value.IsNull() || value.IsUndefined();

    /// <summary>A name in the names of its accessors: in Pascal case, so that <c>log_sigma</c> has <c>getLogSigma</c>.</summary>
    public static string AccessorName(string name)
    {
        var accessor = new StringBuilder(name.Length);
        var isFirst = true;
        foreach (var letter in name)
        {
            if (letter is not ('_' or ' ' or '-')) accessor.Append(isFirst ? char.ToUpperInvariant(letter) : letter);
            isFirst = letter is '_' or ' ' or '-';
        }
        return accessor.ToString();
    }

    /// <summary>The function that gives an output of an activity: <c>getAmplitudeFromMeasure1</c>.</summary>
    public static string OutputAccessorName(string activity, string output) => $"get{output}From{AccessorName(activity)}";
}
