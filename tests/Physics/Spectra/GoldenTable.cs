using System.Globalization;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Rows of a comma-separated golden table.</summary>
internal static class GoldenTable
{
    public static double[][] Numbers(string path) => [.. File.ReadLines(path).Select(line => line.Split(',').Select(Number).ToArray())];

    public static string[][] Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
