using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Conventions;

public sealed partial class NamesTests
{
    [Fact]
    public void No_type_is_named_for_nothing()
    {
        var vague = SourceTree.Files("src").SelectMany(file => VagueType().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.Empty(vague);
    }

    [Fact]
    public void No_folder_is_named_for_a_kind_of_type()
    {
        string[] kinds = ["Interfaces", "Models", "Helpers", "Utils", "Common", "Services", "Managers", "Extensions", "Enums", "Exceptions"];
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.Combine(SharedData.RepositoryRoot, "src"), "*", SearchOption.AllDirectories), folder => kinds.Contains(Path.GetFileName(folder)));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var marks = SourceTree.Files("src").SelectMany(file => UnfinishedMark().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.Empty(marks);
    }

    [Fact]
    public void Every_step_and_every_input_says_what_it_is()
        => Assert.All(StepCatalog.Shipped.Steps, step =>
        {
            Assert.EndsWith(".", step.Declared.Description, StringComparison.Ordinal);
            Assert.All(step.Inputs, input => Assert.EndsWith(".", input.Declared.Description, StringComparison.Ordinal));
            Assert.All(step.Outputs, output => Assert.EndsWith(".", output.Declared.Description, StringComparison.Ordinal));
        });

    [Fact]
    public void Every_step_is_one_file_at_the_root_of_its_room()
        => Assert.All(StepCatalog.Shipped.Steps, step => Assert.True(File.Exists(Path.Combine(SharedData.RepositoryRoot, "src", "Activities", $"{step.Type.Name}.cs")), step.TypeName));

    [Fact]
    public void Every_step_is_used_by_a_shipped_definition()
    {
        var definitions = string.Concat(Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "src", "Workflows", "Definitions"), "*.json").Select(File.ReadAllText));
        Assert.All(StepCatalog.Shipped.Steps, step => Assert.Contains($"\"{step.TypeName}\"", definitions, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(class|record|struct|interface) \w*(Manager|Helper|Utils?|Service|Common)\b")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|throw new NotImplementedException|for now)\b")]
    private static partial Regex UnfinishedMark();
}
