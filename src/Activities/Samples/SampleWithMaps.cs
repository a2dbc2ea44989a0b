using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Samples;

/// <summary>The clusters that a survey takes, each with the files of its maps.</summary>
/// <param name="Table">The rows that were chosen.</param>
/// <param name="Files">The files of each row, in the same order; all of them exist.</param>
public sealed record SampleWithMaps(SampleTable Table, IReadOnlyList<MapFiles> Files)
{
    /// <summary>Reads a sample table, chooses clusters and finds their maps; no map is opened.</summary>
    /// <param name="path">The sample table (CSV).</param>
    /// <param name="clusters">Names of the clusters to take, separated by commas; null or blank for all.</param>
    /// <param name="mapsFolder">The folder to which the table's file columns are relative.</param>
    /// <exception cref="BadInputException">All that is wrong with cells, names and files, of all rows at once.</exception>
    public static SampleWithMaps Read(string path, string? clusters, string mapsFolder)
    {
        var problems = new List<Problem>();
        var table = SampleTable.Parse(InputFiles.Read(path), path, problems);
        // Without rows there is nothing that names or files could be held against.
        if (table.Rows.Count == 0) throw new BadInputException(problems);
        if (!string.IsNullOrWhiteSpace(clusters)) table = table.Select(SampleTable.NamesIn(clusters), problems);
        var files = MapLayout.Find(table, mapsFolder, problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : new SampleWithMaps(table, files);
    }
}
