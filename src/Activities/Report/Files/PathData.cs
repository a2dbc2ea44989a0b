using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>The polylines of an SVG path of straight lines: commands M, L, H, V, Z and their relative forms.</summary>
internal static partial class PathData
{
    /// <summary>The polylines, each with whether it is closed.</summary>
    /// <exception cref="FormatException">The path has another command.</exception>
    public static IReadOnlyList<(IReadOnlyList<(double X, double Y)> Points, bool IsClosed)> Parse(string data)
    {
        var lines = new List<(IReadOnlyList<(double, double)> Points, bool)>();
        var line = new List<(double X, double Y)>();
        var (x, y) = (0.0, 0.0);
        void End(bool isClosed)
        {
            if (line.Count > 0) lines.Add((line, isClosed));
            line = [];
        }
        foreach (Match command in Command().Matches(data))
        {
            var numbers = Numbers().Matches(command.Groups[2].Value).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
            var letter = command.Groups[1].Value[0];
            if (letter is 'Z' or 'z')
            {
                (x, y) = line[0];
                End(true);
                continue;
            }
            (x, y) = letter switch
            {
                'M' or 'L' => (numbers[0], numbers[1]), 'm' or 'l' => (x + numbers[0], y + numbers[1]),
                'H' => (numbers[0], y), 'h' => (x + numbers[0], y), 'V' => (x, numbers[0]), 'v' => (x, y + numbers[0]),
                _ => throw new FormatException($"the path has the command {letter}, expected M, L, H, V or Z"),
            };
            if (letter is 'M' or 'm') End(false);
            line.Add((x, y));
        }
        End(false);
        return lines;
    }

    [GeneratedRegex("([A-Za-z])([^A-Za-z]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"-?[0-9]*\.?[0-9]+")]
    private static partial Regex Numbers();
}
