using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Tables;

/// <summary>docs/formats.md says what the program does.</summary>
public sealed class FormatsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "formats.md"));

    [Fact]
    public void Every_column_of_every_table_is_documented_in_order()
    {
        AssertDocumented<SpectrumRow>("spectra");
        AssertDocumented<ClusterRow>("clusters");
        AssertDocumented<SampleDrawRow>("samples");
        AssertDocumented<SubsampleRow>("subsamples");
        AssertDocumented<MachRow>("mach");
        AssertDocumented<PopulationRow>("population");
        AssertDocumented<TrendRow>("trends");
        AssertDocumented<CalibrationRow>("calibration");
        AssertDocumented<FailureRow>("failures");
        AssertDocumented<RecoveryRow>("recovery");
    }

    [Fact]
    public void Every_column_of_a_sample_and_every_setting_is_documented()
    {
        Assert.Equal(SampleColumns.Known.Select(column => $"{column.Name} | {column.Unit} | {column.Meaning}"), Rows("## Sample table"));
        Assert.Equal(SurveySettingsKeys.All.Select(key => key.Name), Rows("## Settings of a survey").Select(row => row.Split(" | ")[0]));
        Assert.All(SurveySettingsKeys.All, key => Assert.Contains($"{key.Allowed} | {key.Meaning}", Document, StringComparison.Ordinal));
    }

    private static void AssertDocumented<TRow>(string table) =>
        Assert.Equal(RunTable.Describe<TRow>().Select(column => $"{column.Name} | {column.Unit}"), Rows($"### {table}.parquet").Select(row => string.Join(" | ", row.Split(" | ")[..2])));

    /// <summary>The rows of the first table below a heading.</summary>
    private static List<string> Rows(string heading)
    {
        var start = Document.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        return [.. Document[start..].Split('\n').SkipWhile(line => !line.StartsWith('|')).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|').Trim())];
    }
}
