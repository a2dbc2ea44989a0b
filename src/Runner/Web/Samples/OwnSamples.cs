using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Runner.Runs;

namespace ClusterSurvey.Runner.Web.Samples;

/// <summary>A sample that somebody has sent to this server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">The path of its table (CSV).</param>
/// <param name="Maps">The folder of its maps; null when only the table was sent.</param>
internal sealed record OwnSample(string Name, string Table, string? Maps);

/// <summary>
/// The samples that were sent to this server: under the folder of runs, each a folder with its table and, if they came along, its maps. A sample is received into a hidden
/// folder, checked there, and renamed: it is there as a whole or not at all.
/// </summary>
internal sealed partial class OwnSamples(RunHome home, TimeProvider time)
{
    private const string TableFile = "sample.csv";
    private const string MapsFolder = "maps";
    private const string Incoming = ".incoming-";

    private string Root => Path.Combine(home.Root, "samples");

    /// <summary>The samples, by name.</summary>
    public IReadOnlyList<OwnSample> All() => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Where(folder => IsName(Path.GetFileName(folder)) && File.Exists(Path.Combine(folder, TableFile))).Order(StringComparer.Ordinal).Select(At)]
        : [];

    public OwnSample? Find(string name) => All().FirstOrDefault(sample => sample.Name == name);

    /// <summary>Takes in what is sent.</summary>
    /// <param name="upload">What is sent.</param>
    /// <param name="cancellation">Ends the receiving; nothing is kept then.</param>
    /// <exception cref="BadInputException">All that is wrong with the name, the files, the table, and the maps that it asks for.</exception>
    public async Task<OwnSample> Add(SampleUpload upload, CancellationToken cancellation)
    {
        ClearLeftovers();
        var incoming = Path.Combine(Root, $"{Incoming}{Path.GetRandomFileName()}");
        Directory.CreateDirectory(incoming);
        try
        {
            var maps = Path.Combine(incoming, MapsFolder);
            var received = await upload.Receive(Path.Combine(incoming, TableFile), maps, cancellation);
            var name = NameOf(received);
            Check(Path.Combine(incoming, TableFile), received.Maps > 0 ? maps : null, name);
            var folder = Path.Combine(Root, name);
            // Another one may have been faster.
            if (Directory.Exists(folder)) throw Taken(name);
            Directory.Move(incoming, folder);
            return At(folder);
        }
        finally
        {
            if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
        }
    }

    /// <summary>Forgets a sample and its maps.</summary>
    public void Delete(OwnSample sample)
    {
        var leaving = Path.Combine(Root, $"{Incoming}{Path.GetRandomFileName()}");
        Directory.Move(Path.Combine(Root, sample.Name), leaving);
        Directory.Delete(leaving, recursive: true);
    }

    private static OwnSample At(string folder)
        => new(Path.GetFileName(folder), Path.Combine(folder, TableFile), Path.Combine(folder, MapsFolder) is var maps && Directory.Exists(maps) ? maps : null);

    private string NameOf(SampleUpload.Received received)
    {
        var name = received.Name.Length > 0 ? received.Name : Path.GetFileNameWithoutExtension(received.TableName);
        if (!IsName(name)) throw new BadInputException("Name", $"'{name}'", "letters, digits, '-', '_' and '.', at most 64, the first a letter or a digit", "give the sample such a name");
        if (SampleNames.Shipped().Contains(name) || Directory.Exists(Path.Combine(Root, name))) throw Taken(name);
        return name;
    }

    private static BadInputException Taken(string name) => new("Name", $"'{name}', which there is already", "a new name", "give the sample another name, or delete the one that is there");

    // Problems name the files as their sender knows them, not where they lie here.
    private static void Check(string table, string? maps, string name)
    {
        try
        {
            if (maps is null) _ = SampleTable.Read(table);
            else _ = SampleWithMaps.Read(table, null, maps);
        }
        catch (BadInputException bad)
        {
            string Known(string text) => maps is null ? text.Replace(table, name, StringComparison.Ordinal) : text.Replace(table, name, StringComparison.Ordinal).Replace(maps, "the folder of maps", StringComparison.Ordinal);
            throw new BadInputException([.. bad.Problems.Select(problem => new Problem(Known(problem.Where), Known(problem.Found), Known(problem.Expected), Known(problem.Remedy)))], bad);
        }
    }

    // A server that was killed while it received has left its folder behind.
    private void ClearLeftovers()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var folder in Directory.EnumerateDirectories(Root, $"{Incoming}*"))
            if (time.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromDays(1)) Directory.Delete(folder, recursive: true);
    }

    private static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
