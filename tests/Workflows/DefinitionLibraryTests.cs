using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Validation;

namespace ClusterSurvey.Workflows.Tests;

public sealed class DefinitionLibraryTests
{
    [Fact]
    public void Definition_is_found_by_id_and_by_name()
    {
        var library = new DefinitionLibrary([WorkflowDocument.Parse("""{"definitionId":"cluster-survey","name":"Cluster survey"}""", "a")]);

        Assert.Same(library.Find("cluster-survey"), library.Find("Cluster survey"));
    }

    [Fact]
    public void Unknown_name_is_answered_with_the_nearest()
    {
        var library = new DefinitionLibrary([WorkflowDocument.Parse("""{"definitionId":"cluster-survey"}""", "a")]);

        Assert.Contains("'cluster-survey'", Assert.Throws<BadInputException>(() => library.Find("cluster-surevy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_of_a_folder_replace_those_of_the_same_id()
    {
        var folder = Directory.CreateTempSubdirectory("clustersurvey-library-");
        File.WriteAllText(Path.Combine(folder.FullName, "mine.json"), """{"definitionId":"a","name":"mine"}""");

        var library = new DefinitionLibrary([WorkflowDocument.Parse("""{"definitionId":"a","name":"theirs"}""", "a")]).WithFolder(folder.FullName);

        folder.Delete(recursive: true);
        Assert.Equal("mine", Assert.Single(library.All).Name);
    }

    [Fact]
    public void Every_shipped_definition_can_run()
        => Assert.Empty(DefinitionLibrary.Shipped.All.SelectMany(new DefinitionValidator(StepCatalog.Shipped, DefinitionLibrary.Shipped).Validate).Select(problem => problem.ToProblem().ToString()));
}
