namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>database backup and restore, as an operator uses them.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ledger_comes_back_from_its_backup_and_nothing_is_replaced_by_chance()
    {
        var (home, other, backup) = (folder["runs"], folder["new runs"], folder["backup.zip"]);
        Assert.Contains("no ledger", SurveyProgram.Run("database", "backup", backup, "--out", home).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
        SurveyProgram.Run("keys", "create", "Ada", "--data", home).Expect(ExitCode.Done);

        var written = SurveyProgram.Run("database", "backup", backup, "--out", home, "--json").Expect(ExitCode.Done);
        var restored = SurveyProgram.Run("database", "restore", backup, "--out", other, "--json").Expect(ExitCode.Done);

        Assert.Equal(1, written.Json["rows"]!["api_keys"]!.GetValue<int>());
        Assert.Equal(written.Json.ToJsonString(), restored.Json.ToJsonString());
        Assert.Contains("artifacts and reports are not in it", written.Errors, StringComparison.Ordinal);
        Assert.Contains("Ada", SurveyProgram.Run("keys", "list", "--data", other).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("api_keys 1", SurveyProgram.Run("database", "restore", backup, "--out", other).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
        SurveyProgram.Run("database", "restore", backup, "--out", other, "--force").Expect(ExitCode.Done);
        Assert.Contains("no backup, or a damaged one", SurveyProgram.Run("database", "restore", folder["runs", ".ledger.db"], "--out", folder["nowhere"]).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["nowhere"]));
    }
}
