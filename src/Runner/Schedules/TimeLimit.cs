using System.Globalization;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>How long a run may take, as people write it: 90s, 45m, 6h, 2d.</summary>
internal static class TimeLimit
{
    private static readonly Dictionary<char, double> units = new() { ['s'] = 1, ['m'] = 60, ['h'] = 3600, ['d'] = 86400 };

    /// <summary>The seconds.</summary>
    /// <exception cref="BadInputException">It is no such time.</exception>
    public static double Seconds(string text)
        => text.Length > 1 && units.TryGetValue(text[^1], out var unit) && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            && TimeSpan.MaxValue.TotalSeconds > number * unit
            ? number * unit
            : throw new BadInputException("--time-limit", $"'{text}'", "a number above 0 with s, m, h or d, as 6h", "correct the time");

    /// <summary>The largest unit that tells it without a remainder.</summary>
    public static string Shown(double seconds)
    {
        var (unit, size) = units.OrderByDescending(known => known.Value).FirstOrDefault(known => seconds % known.Value == 0, new KeyValuePair<char, double>('s', 1));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }
}
