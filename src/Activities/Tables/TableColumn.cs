namespace ClusterSurvey.Activities.Tables;

/// <summary>One column of a Parquet table.</summary>
/// <param name="Name">Its name, with the unit in it where there is one.</param>
/// <param name="Unit">The unit, "1" for a pure number, empty for text; repeated in the file's metadata.</param>
/// <param name="Values">string?[], double[], double?[], float[], int[], int?[], long[], bool[] or bool?[]; one value per row.</param>
public sealed record TableColumn(string Name, string Unit, Array Values);

/// <summary>Declares a property of a row as a column of its table.</summary>
/// <param name="name">The column's name; for an <see cref="Interval"/> the stem of its three columns.</param>
/// <param name="unit">The unit, "1" for a pure number, empty for text.</param>
/// <param name="meaning">What it is, in a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnAttribute(string name, string unit, string meaning) : Attribute
{
    public string Name { get; } = name;

    public string Unit { get; } = unit;

    public string Meaning { get; } = meaning;

    /// <summary>The version of the table from which it has this column. Read from an older table, a text is empty and anything else unknown.</summary>
    public int Since { get; init; } = 1;
}

/// <summary>Declares a record as the row of a table of the run.</summary>
/// <param name="name">The file's name without its extension.</param>
/// <param name="version">Rises with every change of the columns.</param>
/// <param name="meaning">What a row is, in a sentence.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string name, int version, string meaning) : Attribute
{
    public string Name { get; } = name;

    public int Version { get; } = version;

    public string Meaning { get; } = meaning;
}
