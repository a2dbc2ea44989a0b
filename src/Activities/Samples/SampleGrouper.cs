using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Samples;

/// <summary>Divides a sample as a setting declares it.</summary>
internal static class SampleGrouper
{
    private const int UsualQuantiles = 3;
    private static readonly string[] Numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

    /// <exception cref="BadInputException">A condition that is none over the sample table, or a column that it does not have.</exception>
    public static SampleGrouping Divide(GroupingSetting setting, SampleTable sample)
    {
        if (setting.Column is { } column && !IsColumn(sample, column))
            throw new BadInputException($"subsamples '{setting.Name}' column", $"'{column}'", "a column of the sample table", Spelling.Suggest(column, [.. sample.Columns]));
        var within = setting.Within is { } condition ? Where(sample, condition) : sample.Names;
        var members = sample.Rows.Where(row => within.Contains(row.Name)).ToList();
        var outside = sample.Names.Except(within).Select(name => new LeftOutCluster(name, $"not {setting.Within}"));
        var groups = setting.Column is null ? ByCondition(setting, sample, within)
            : IsNumeric(setting) ? ByQuantile(setting, members)
            : ByValue(setting, members);
        var grouped = groups.SelectMany(group => group.Clusters).ToHashSet();
        var reason = setting.Column is null ? "meets no condition" : IsNumeric(setting) ? $"no number in {setting.Column}" : $"{setting.Column} is empty";
        return new SampleGrouping(setting.Name, setting.Within, groups, [.. outside, .. members.Where(row => !grouped.Contains(row.Name)).Select(row => new LeftOutCluster(row.Name, reason))]);
    }

    private static IReadOnlyList<string> Where(SampleTable sample, string condition) => sample.Rows.Count == 0 ? [] : sample.Where(condition);

    private static bool IsColumn(SampleTable sample, string column) => sample.Columns.Contains(column);

    private static bool IsNumeric(GroupingSetting setting) =>
        setting.Quantiles is not null || SampleColumns.Known.Any(column => column.Name == setting.Column && column.Kind == SampleColumnKind.Number);

    private static List<SampleGroup> ByCondition(GroupingSetting setting, SampleTable sample, IReadOnlyList<string> within) =>
        [.. setting.Groups.Select(group => new SampleGroup(group.Name, group.Where, Sql(setting, $"({group.Where})"), [.. Where(sample, group.Where).Where(within.Contains)]))];

    private static List<SampleGroup> ByValue(GroupingSetting setting, List<SampleRow> members) =>
    [
        .. members.Select(row => (row.Name, Value: Cell(row, setting.Column!))).Where(pair => pair.Value is not null)
            .GroupBy(pair => pair.Value!).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SampleGroup(group.Key, $"{setting.Column} = {group.Key}", Sql(setting, $"{Column(setting)} = '{group.Key.Replace("'", "''", StringComparison.Ordinal)}'"), [.. group.Select(pair => pair.Name)])),
    ];

    /// <summary>Equal counts with half-open edges: group j holds edge j and not edge j + 1, so equal values stay together and no cluster counts twice.</summary>
    private static List<SampleGroup> ByQuantile(GroupingSetting setting, List<SampleRow> members)
    {
        var count = setting.Quantiles ?? UsualQuantiles;
        var values = members.Select(row => (row.Name, Value: Number(row, setting.Column!))).Where(pair => double.IsFinite(pair.Value)).ToList();
        double[] sorted = [.. values.Select(pair => pair.Value).Order()];
        return [.. Enumerable.Range(0, count).Select(group =>
        {
            var low = group == 0 ? double.NegativeInfinity : Edge(group);
            var high = group == count - 1 ? double.PositiveInfinity : Edge(group + 1);
            return new SampleGroup(Numerals[group], InWords(setting.Column!, low, high), Sql(setting, Range(Numeric(setting), low, high)), [.. values.Where(pair => pair.Value >= low && pair.Value < high).Select(pair => pair.Name)]);
        })];

        double Edge(int index) => sorted.Length == 0 ? double.PositiveInfinity : sorted[index * sorted.Length / count];
    }

    private static string Range(string column, double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) => $"{column} >= {Text(low)} AND {column} < {Text(high)}",
        (true, false) => $"{column} >= {Text(low)} AND isfinite({column})",
        (false, true) => $"{column} < {Text(high)} AND isfinite({column})",
        _ => "false",
    };

    private static string InWords(string column, double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) when low < high => FormattableString.Invariant($"{low} ≤ {column} < {high}"),
        (true, false) => FormattableString.Invariant($"{column} ≥ {low}"),
        (false, true) => FormattableString.Invariant($"{column} < {high}"),
        _ => "no value lies between its edges",
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";

    private static string Sql(GroupingSetting setting, string condition) => setting.Within is { } within ? $"({within}) AND {condition}" : condition;

    private static string Column(GroupingSetting setting) => $"\"{setting.Column!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Numeric(GroupingSetting setting) => $"TRY_CAST({Column(setting)} AS DOUBLE)";

    private static double Number(SampleRow row, string column) =>
        double.TryParse(Cell(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static string? Cell(SampleRow row, string column)
    {
        var known = row.Cells().FirstOrDefault(cell => cell.Column == column).Value ?? row.Extra.GetValueOrDefault(column);
        var text = known is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string?)known;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
