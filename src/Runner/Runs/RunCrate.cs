using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Runs;

/// <summary>Exports a run as an RO-Crate: its files, and a description that other programs read.</summary>
public static class RunCrate
{
    // What the steps of a run tell each other stays at home.
    private const string Internal = "published";

    /// <summary>Writes the crate, whole or not at all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="target">The folder of the crate; it must not hold anything yet.</param>
    /// <param name="license">The URL of the licence under which the crate may be passed on; null when none is stated.</param>
    /// <returns>How many files it holds beside the description.</returns>
    /// <exception cref="BadInputException">The run has not ended, the folder is not empty, or the licence is no URL.</exception>
    public static int Write(RunFolder run, string target, string? license)
    {
        ArgumentNullException.ThrowIfNull(run);
        var manifest = RunManifest.Read(run);
        Check(run, manifest, target, license);
        var definition = WorkflowDocument.Load(run.FileAt(CrateMetadata.Workflow));
        var making = $"{Path.GetFullPath(target).TrimEnd(Path.DirectorySeparatorChar)}.{Environment.ProcessId}.tmp";
        try
        {
            CrateFile[] files = [.. Kept(run).Select(name => Copy(run, name, making))];
            CrateFile[] inputs = [.. manifest.Inputs.DistinctBy(input => input.Sha256).Select(input => new CrateFile(CrateFile.ContentName(input.Sha256), input.Name, input.Bytes, input.Sha256))];
            var description = new CrateMetadata(manifest, definition, license).Describe(files, inputs);
            AtomicFile.WriteText(Path.Combine(making, CrateMetadata.FileName), description.ToJsonString(SurveyJson.Indented) + "\n");
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(making, target);
            return files.Length;
        }
        finally
        {
            if (Directory.Exists(making)) Directory.Delete(making, recursive: true);
        }
    }

    private static void Check(RunFolder run, RunManifest manifest, string target, string? license)
    {
        if (manifest.Status == "running") throw new BadInputException(run.Id, "a run that has not ended", "a run that has ended", $"wait for it, or clustersurvey resume {run.Id}");
        if (!File.Exists(run.FileAt(CrateMetadata.Workflow))) throw new BadInputException(run.Id, $"no {CrateMetadata.Workflow}", "the definition with which the run began", "restore the run's folder from a backup");
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new BadInputException(target, "something that is there already", "a folder that is new or empty", "name another folder");
        if (license is not null && !(Uri.TryCreate(license, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new BadInputException("--license", $"'{license}'", "the URL of a licence", "for example https://spdx.org/licenses/CC-BY-4.0");
    }

    private static IEnumerable<string> Kept(RunFolder run) => Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(run.Path, path))
        .Where(name => !name.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.') || part == Internal))
        .Order(StringComparer.Ordinal);

    private static CrateFile Copy(RunFolder run, string name, string folder)
    {
        var copy = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(run.FileAt(name), copy);
        var id = string.Join('/', name.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
        return new CrateFile(id, Path.GetFileName(name), new FileInfo(copy).Length, FileHash.Of(copy));
    }
}
