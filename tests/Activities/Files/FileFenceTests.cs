using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tests.Files;

public sealed class FileFenceTests : IDisposable
{
    private readonly DirectoryInfo outside = Directory.CreateTempSubdirectory("clustersurvey-fence-");
    private readonly string inside;
    private readonly FileFence fence;

    public FileFenceTests()
    {
        inside = Path.Combine(outside.FullName, "maps");
        Directory.CreateDirectory(Path.Combine(inside, "A1"));
        Directory.CreateDirectory(Path.Combine(outside.FullName, "maps-of-others"));
        File.WriteAllText(Path.Combine(inside, "A1", "counts.fits"), "x");
        File.WriteAllText(Path.Combine(outside.FullName, "secret"), "x");
        File.CreateSymbolicLink(Path.Combine(inside, "link"), Path.Combine(outside.FullName, "secret"));
        File.CreateSymbolicLink(Path.Combine(inside, "relative"), "../secret");
        File.CreateSymbolicLink(Path.Combine(inside, "within"), "A1/counts.fits");
        File.CreateSymbolicLink(Path.Combine(inside, "circle"), "circle");
        Directory.CreateSymbolicLink(Path.Combine(inside, "door"), outside.FullName);
        Directory.CreateSymbolicLink(Path.Combine(outside.FullName, "alias"), inside);
        fence = new FileFence(inside);
    }

    [Theory]
    [InlineData("maps")]
    [InlineData("maps/A1/counts.fits")]
    [InlineData("maps/A1/../A1/./counts.fits")]
    [InlineData("maps/A1/not-there-yet.fits")]
    [InlineData("maps/within")]
    [InlineData("alias/A1/counts.fits")]
    [InlineData("maps/door/maps/A1/counts.fits")]
    public void Path_within_goes_through(string path) => Assert.EndsWith(path, fence.Check(Path.Combine(outside.FullName, path), "input"), StringComparison.Ordinal);

    [Theory]
    [InlineData("secret")]
    [InlineData("maps/../secret")]
    [InlineData("maps/A1/../../secret")]
    [InlineData("maps-of-others")]
    [InlineData("maps/link")]
    [InlineData("maps/relative")]
    [InlineData("maps/circle")]
    [InlineData("maps/door/secret")]
    [InlineData("maps/door")]
    [InlineData("maps/A1\0/../../secret")]
    public void Path_that_leads_elsewhere_is_refused(string path)
        => Assert.StartsWith("Survey.LoadSample.Sample", Assert.Throws<BadInputException>(() => fence.Check(Path.Combine(outside.FullName, path), "Survey.LoadSample.Sample")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/proc/self/root/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("FILE:/etc/passwd")]
    [InlineData("https://example.org/x")]
    [InlineData("~/maps")]
    [InlineData("~root/maps")]
    [InlineData("../../../../../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("/")]
    public void What_is_no_path_of_the_run_is_refused(string path) => Assert.Throws<BadInputException>(() => fence.Check(path.Length == 0 ? "." : path, "input"));

    [Fact]
    public void Root_that_is_a_link_lets_in_what_it_leads_to()
        => Assert.Null(new FileFence(Path.Combine(outside.FullName, "alias")).ProblemOf(Path.Combine(inside, "A1", "counts.fits"), "input"));

    [Fact]
    public void File_that_is_a_root_lets_in_nothing_beside_it()
    {
        var one = new FileFence(Path.Combine(inside, "A1", "counts.fits"));

        Assert.Null(one.ProblemOf(Path.Combine(inside, "A1", "counts.fits"), "input"));
        Assert.NotNull(one.ProblemOf(Path.Combine(inside, "A1", "counts.fits.bak"), "input"));
        Assert.NotNull(one.ProblemOf(Path.Combine(inside, "A1"), "input"));
    }

    [Fact]
    public void Made_up_handle_and_name_lead_nowhere()
    {
        var store = new ArtifactStore(Path.Combine(inside, "store"));
        var run = new RunFolder(Path.Combine(inside, "run"));

        Assert.Throws<BadInputException>(() => store.PathOf(new Artifact("map", "../../../secret", 1)));
        Assert.Throws<BadInputException>(() => store.PathOf(new Artifact("map", new string('.', 64), 1)));
        Assert.Throws<BadInputException>(() => run.FileAt("likelihoods", "../../..", "secret.npy"));
        Assert.Throws<BadInputException>(() => run.FileAt("likelihoods", Path.Combine(outside.FullName, "secret")));
        Assert.Throws<BadInputException>(() => run.FileAt(".."));
        Assert.Equal(Path.Combine(run.Path, "likelihoods", "A1", "II.npy"), run.FileAt("likelihoods", "A1", "II.npy"));
    }

    public void Dispose() => outside.Delete(recursive: true);
}
