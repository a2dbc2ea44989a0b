using System.Reflection;
using System.Runtime.CompilerServices;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>An input of a step, as its declaration gives it.</summary>
/// <param name="Name">The property's name; in definitions its camel case.</param>
/// <param name="Type">The CLR type; literals are converted to it with the invariant culture.</param>
/// <param name="Declared">Description, unit, range and choices.</param>
/// <param name="Required">True when the definition must bind it.</param>
/// <param name="Default">The value when the definition does not bind it.</param>
public sealed record StepInput(string Name, Type Type, InputAttribute Declared, bool Required, object? Default, PropertyInfo Property);

/// <summary>An output of a step, as its declaration gives it.</summary>
public sealed record StepOutput(string Name, Type Type, OutputAttribute Declared, PropertyInfo Property);

/// <summary>Everything that there is to know about a step, read from its declaration once.</summary>
public sealed class StepDescriptor
{
    private readonly Func<Step> create;

    private StepDescriptor(Type type, StepAttribute declared)
    {
        (Type, Declared) = (type, declared);
        create = () => (Step)RuntimeHelpers.GetUninitializedObject(type);
        if (type.GetConstructor(Type.EmptyTypes) is { } constructor) create = () => (Step)constructor.Invoke(null);
        var fresh = create();
        Inputs = [.. Declarations<InputAttribute>(type).Select(found => Input(found.Property, found.Attribute, fresh)).OrderBy(input => input.Declared.Order)];
        Outputs = [.. Declarations<OutputAttribute>(type)
            .Select(found => new StepOutput(found.Property.Name, found.Property.PropertyType, found.Attribute, found.Property))
            .OrderBy(output => output.Declared.Order)];
    }

    /// <summary>The name in definitions: Survey. and the class name.</summary>
    public string TypeName => $"Survey.{Type.Name}";

    public Type Type { get; }

    public StepAttribute Declared { get; }

    public IReadOnlyList<StepInput> Inputs { get; }

    public IReadOnlyList<StepOutput> Outputs { get; }

    public Step Create() => create();

    /// <exception cref="ArgumentException">The type is no step: what is missing is in the message.</exception>
    public static StepDescriptor Of(Type type)
    {
        if (!typeof(Step).IsAssignableFrom(type) || type.IsAbstract)
            throw new ArgumentException($"{type} is no concrete class derived from {nameof(Step)}", nameof(type));
        var declared = type.GetCustomAttribute<StepAttribute>() ?? throw new ArgumentException($"{type} has no [Step] attribute", nameof(type));
        return new StepDescriptor(type, declared);
    }

    private static IEnumerable<(PropertyInfo Property, TAttribute Attribute)> Declarations<TAttribute>(Type type)
        where TAttribute : Attribute
        => type.GetProperties()
            .Select(property => (property, attribute: property.GetCustomAttribute<TAttribute>()))
            .Where(found => found.attribute is not null)
            .Select(found => (found.property, found.attribute!));

    private static StepInput Input(PropertyInfo property, InputAttribute declared, Step fresh)
    {
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        return new StepInput(property.Name, property.PropertyType, declared, required, required ? null : property.GetValue(fresh), property);
    }
}
