using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Conventions;

/// <summary>
/// The artifact store trusts that a step of one version computes one thing. step-versions.csv records for every step its version and the hash of the
/// source that it depends on, so that nobody changes what a step computes and forgets its version.
/// </summary>
public sealed class StepVersionTests
{
    private const string Variable = "CLUSTERSURVEY_RECORD_STEPS";

    private static readonly string record = Path.Combine(SharedData.RepositoryRoot, "tests", "Runner", "Conventions", "step-versions.csv");

    [Fact]
    public void A_step_whose_source_changed_has_another_version_or_was_looked_at()
    {
        var sources = StepSources.OfRepository();
        var now = Kept().ToDictionary(step => step.TypeName, step => (step.Declared.Version, Hash: sources.Hash(step)));
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            File.WriteAllLines(record, [.. now.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => $"{step.Key},{step.Value.Version},{step.Value.Hash}").Prepend("step,version,source")]);
        Assert.Empty(Complaints(Recorded(), now));
    }

    [Fact]
    public void A_change_of_what_a_step_computes_is_seen_and_one_of_its_looks_is_not()
    {
        var sources = StepSources.OfRepository();
        const string radii = "Physics/Spectra/RadialRegion.cs", filter = "Physics/Spectra/PyramidFilter.cs", page = "Activities/Report/ReportPage.cs", store = "Activities/Artifacts/ArtifactStore.cs";

        Assert.Empty(Changed(sources, radii, "ellipticalRadius[i] >= Inner &&", "ellipticalRadius[i]   >= Inner /* included */\n &&"));
        Assert.Superset(new HashSet<string> { "Survey.SplitRegions", "Survey.SimulateSpectra" }, Changed(sources, radii, "ellipticalRadius[i] >= Inner &&", "ellipticalRadius[i] > Inner &&"));
        Assert.Equal(["Survey.MeasureSpectra", "Survey.SimulateSpectra"], Changed(sources, filter, "class PyramidFilter", "class PyramidFilter /* */ : object, IRegionFilter").Order());
        Assert.Empty(Changed(sources, page, "namespace", "using System.Net; namespace"));
        Assert.Empty(Changed(sources, store, "namespace", "using System.Net; namespace"));

        var newer = sources with { Packages = sources.Packages.ToDictionary(package => package.Key, package => package.Key == "TorchSharp" ? "1.0" : package.Value) };
        Assert.Contains("Survey.SimulateSpectra", Changed(sources, newer));
        Assert.DoesNotContain("Survey.LoadMaps", Changed(sources, newer));
    }

    [Fact]
    public void The_complaint_says_what_to_do()
    {
        Dictionary<string, (int Version, string Hash)> before = new() { ["Survey.A"] = (1, "aa"), ["Survey.B"] = (1, "bb"), ["Survey.C"] = (1, "cc"), ["Survey.E"] = (1, "ee") };
        Dictionary<string, (int Version, string Hash)> now = new() { ["Survey.A"] = (1, "aa"), ["Survey.B"] = (1, "b2"), ["Survey.C"] = (2, "c2"), ["Survey.D"] = (1, "dd") };
        var complaints = Complaints(before, now);
        Assert.Equal(["Survey.B", "Survey.C", "Survey.D", "Survey.E"], complaints.Select(complaint => complaint.Split(':')[0]));
        Assert.Contains("raise its Version", complaints[0], StringComparison.Ordinal);
        Assert.All(complaints, complaint => Assert.Contains($"{Variable}=1 dotnet test", complaint, StringComparison.Ordinal));
    }

    private static HashSet<string> Changed(StepSources sources, string file, string from, string to)
    {
        Assert.Contains(from, sources.Sources[file], StringComparison.Ordinal);
        var changed = sources.Sources.ToDictionary(source => source.Key, source => source.Key == file ? source.Value.Replace(from, to, StringComparison.Ordinal) : source.Value);
        return Changed(sources, sources with { Sources = changed });
    }

    private static HashSet<string> Changed(StepSources before, StepSources after)
        => [.. Kept().Where(step => before.Hash(step) != after.Hash(step)).Select(step => step.TypeName)];

    // Only results that are kept can be stale.
    private static IEnumerable<StepDescriptor> Kept() => StepCatalog.Shipped.Steps.Where(step => step.Declared.Cached);

    private static Dictionary<string, (int Version, string Hash)> Recorded()
        => File.ReadAllLines(record).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => (int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), row[2]));

    private static List<string> Complaints(Dictionary<string, (int Version, string Hash)> before, Dictionary<string, (int Version, string Hash)> now)
    {
        const string command = $"{Variable}=1 dotnet test tests/Runner -c Release --filter FullyQualifiedName~StepVersionTests";
        var complaints = new List<string>();
        foreach (var name in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (isOld, isNew) = (before.TryGetValue(name, out var old), now.TryGetValue(name, out var step));
            if (isOld && isNew && old == step) continue;
            complaints.Add(!isNew ? $"{name}: is in the record and is no step; record the steps: {command}"
                : !isOld ? $"{name}: is not in the record; record the steps: {command}"
                : old.Version != step.Version ? $"{name}: its version was raised; record it: {command}"
                : $"{name}: source that it depends on has changed and its version has not. If it may compute other numbers, raise its Version; then, or if it cannot, record it: {command}");
        }
        return complaints;
    }
}
