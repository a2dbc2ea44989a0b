using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Tests.Survey;

public sealed class LiteratureTableTests : IDisposable
{
    private const string Header = "quantity,sample,subsample,region,value,err_low,err_high,unit,status,notes,source\n";

    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("clustersurvey").FullName, "literature.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Fact]
    public void The_shipped_table_is_read_whole()
    {
        var results = LiteratureTable.Read(Path.Combine(SharedData.RepositoryRoot, "data", "literature.csv"));
        var mach = results.First(result => result.Quantity == "mach_3d" && result.Sample == "CHEX-MATE");
        Assert.Equal((0.4, 0.2, true), (mach.Value, mach.ErrorHigh, mach.IsWithin(0, 1)));
        Assert.Contains(results, result => result.IsOf("macs-j0717.5 3745") && result.Quantity == "peak_amplitude");
        Assert.DoesNotContain(results, result => result.IsOf("CHEX-MATE"));
    }

    [Theory]
    [InlineData("quantity,sample\n", "the header")]
    [InlineData(Header + "mach_3d,A,all,,much,,,1,,,me\n", "value")]
    [InlineData(Header + "mach_3d,A,all,,,0.1,,1,,,me\n", "an error without a value")]
    [InlineData(Header + "mach_3d,A,all\n", "3 cells")]
    public void A_table_of_another_form_is_named(string text, string complaint)
    {
        File.WriteAllText(file, text);
        Assert.Contains(complaint, Assert.Throws<BadInputException>(() => LiteratureTable.Read(file)).Message, StringComparison.Ordinal);
    }
}
