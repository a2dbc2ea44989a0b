using System.Reflection;
using System.Reflection.Emit;

namespace ClusterSurvey.Runner.Tests.Conventions;

/// <summary>Which types of some assemblies a type needs, directly or through others: those that its members and the code of its methods name.</summary>
internal sealed class TypeReferences(IReadOnlyCollection<Assembly> assemblies, Func<Type, bool> follow)
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<Type, Type[]> named = [];

    /// <summary>The type and all that it needs, none of them nested in another.</summary>
    public IReadOnlyCollection<Type> Closure(Type type)
    {
        var found = new HashSet<Type> { type };
        var open = new Queue<Type>(found);
        while (open.TryDequeue(out var next))
            foreach (var other in Named(next).Where(other => follow(other) && found.Add(other))) open.Enqueue(other);
        return found;
    }

    private Type[] Named(Type type)
    {
        if (named.TryGetValue(type, out var known)) return known;
        var whole = WithNested(type).ToArray();
        // Who implements an interface or a base class is needed too: any of them may be called.
        var derived = type.IsInterface || type.IsAbstract && !type.IsSealed ? assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type.IsAssignableFrom) : [];
        return named[type] = [.. whole.SelectMany(Mentioned).Concat(derived).SelectMany(Parts).Select(Outermost).Where(other => assemblies.Contains(other.Assembly)).Distinct()];
    }

    private static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(All).SelectMany(WithNested).Prepend(type);

    private static IEnumerable<Type> Mentioned(Type type)
    {
        IEnumerable<Type?> own = [type.BaseType, .. type.GetInterfaces(), .. type.GetFields(All).Select(field => field.FieldType)];
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All));
        return own.Concat(methods.SelectMany(Mentioned)).OfType<Type>();
    }

    private static IEnumerable<Type?> Mentioned(MethodBase method) =>
    [
        (method as MethodInfo)?.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetMethodBody() is { } body ? body.LocalVariables.Select(local => local.LocalType).Concat(InCode(method, body.GetILAsByteArray()!)) : [],
    ];

    private static IEnumerable<Type> InCode(MethodBase method, byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var opcode = code[at] == 0xFE ? codes[0xFE00 | code[at + 1]] : codes[code[at]];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                foreach (var type in Resolved(method, BitConverter.ToInt32(code, at))) yield return type;
            at += OperandSize(opcode.OperandType, code, at);
        }
    }

    private static IEnumerable<Type> Resolved(MethodBase method, int token)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodBase { DeclaringType: { } owner } called => [owner, .. called.IsGenericMethod ? called.GetGenericArguments() : []],
            { DeclaringType: { } owner } => [owner],
            _ => [],
        };
    }

    private static int OperandSize(OperandType kind, byte[] code, int at) => kind switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };

    // The types that an array, a reference or a generic type is made of.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
