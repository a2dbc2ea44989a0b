namespace ClusterSurvey.Activities.Regions;

/// <summary>One statement is not understood; the parser adds the file and the line.</summary>
internal sealed class RegionSyntaxException(string found, string expected, string remedy) : FormatException($"found {found}, expected {expected}")
{
    public string Found => found;

    public string Expected => expected;

    public string Remedy => remedy;
}
