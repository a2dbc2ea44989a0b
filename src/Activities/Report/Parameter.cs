namespace ClusterSurvey.Activities.Report;

/// <summary>How a parameter of the turbulence model is named and drawn.</summary>
/// <param name="Symbol">Its letter, as rich text (<see cref="Markup.RichText"/>).</param>
/// <param name="Name">Its name in words.</param>
/// <param name="Unit">Its unit; empty for a pure number.</param>
/// <param name="Logarithmic">True when the inference works with its log10 and plots use a logarithmic axis.</param>
public sealed record Parameter(string Symbol, string Name, string Unit, bool Logarithmic)
{
    /// <summary>The parameters in their fixed order.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        new("σ", "density fluctuation", "", true),
        new("ℓ_{inj}", "injection scale", "R_{500}", true),
        new("α", "slope", "", false),
    ];

    /// <summary>The label of an axis: name, symbol and unit.</summary>
    public string AxisLabel => Unit.Length == 0 ? $"{Name} {Symbol}" : $"{Name} {Symbol} ({Unit})";

    /// <summary>The heading of a column of a table: symbol and unit.</summary>
    public string Heading => Unit.Length == 0 ? Symbol : $"{Symbol} ({Unit})";

    /// <summary>From the coordinate of the inference to the value shown.</summary>
    public double FromCoordinate(double coordinate) => Logarithmic ? Math.Pow(10, coordinate) : coordinate;
}
