using System.Globalization;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// An observation named on the command line as F[:ROW]: a file of numbers and the row in it, from 0. Without a row the
/// file must have only one; a .npy array of one dimension is one row.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Row">The row, or null for the only one.</param>
public readonly record struct ObservationArgument(string Path, int? Row)
{
    /// <summary>Splits the argument. A file whose whole name exists is taken as it stands, colons and all.</summary>
    public static ObservationArgument Parse(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        var colon = argument.LastIndexOf(':');
        if (colon <= 0 || File.Exists(argument)) return new ObservationArgument(argument, null);
        var digits = argument.AsSpan(colon + 1);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            throw new BadInputException(argument, $"the row '{digits}'", "a whole number from 0 after the colon", "write FILE:ROW, or FILE alone when it has one row");
        return new ObservationArgument(argument[..colon], row);
    }

    /// <exception cref="BadInputException">The file cannot be read, has no such row, or has several and none is named.</exception>
    public double[] Read()
    {
        if (Row is null && MatrixFile.Kind(Path) == MatrixKind.Npy && Npy.Read(Path) is { Shape.Length: 1 } only) return Finite(only.Values);
        var table = MatrixFile.Read(Path);
        if (Row is null && table.RowCount != 1)
            throw new BadInputException(Path, $"{table.RowCount} rows", "one row, or the row named", $"write {Path}:ROW, ROW from 0 to {table.RowCount - 1}");
        if (Row >= table.RowCount)
            throw new BadInputException(Path, $"{table.RowCount} rows", $"a row {Row} (rows count from 0)", $"name a row from 0 to {table.RowCount - 1}");
        return table.Row(Row ?? 0).ToArray();
    }

    private double[] Finite(double[] values)
    {
        var bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0 ? values : throw new BadInputException($"{Path} number {bad}", CsvText.Number(values[bad]), "finite numbers", "correct the observation");
    }
}
