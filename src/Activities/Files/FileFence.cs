using System.Collections;
using System.Reflection;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Files;

/// <summary>
/// The files and folders that a run may read: what its user named when starting it, the shipped data, and what it has written
/// itself. A definition may come from a stranger, and what it holds as a path is held against this, links followed.
/// </summary>
public sealed class FileFence
{
    private const int MostLinks = 40;

    private readonly string[] roots;

    /// <param name="roots">Files, and folders with everything in them.</param>
    public FileFence(params IEnumerable<string> roots) => this.roots = [.. roots.Select(root => RealPath(Path.GetFullPath(root), 0)).OfType<string>()];

    /// <summary>Lets a path through that lies within.</summary>
    /// <param name="path">The path as the definition has it.</param>
    /// <param name="where">What holds it, for the message.</param>
    /// <exception cref="BadInputException">It leads elsewhere, or is no path of a file.</exception>
    public string Check(string path, string where)
        => ProblemOf(path, where) is { } problem ? throw new BadInputException([problem]) : path;

    /// <summary>What is wrong with a path; null when it lies within.</summary>
    public Problem? ProblemOf(string path, string where)
    {
        ArgumentNullException.ThrowIfNull(path);
        const string expected = "a path within the folders of the run";
        if (path.Contains('\0', StringComparison.Ordinal)) return new Problem(where, "a path with the character U+0000", expected, "correct the path");
        if (path.StartsWith('~')) return new Problem(where, $"'{path}', which only a shell understands", expected, "write the folder's full path");
        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || path.Contains("://", StringComparison.Ordinal)) return new Problem(where, $"'{path}', which is a URL", expected, "name a file");
        var real = RealPath(Path.GetFullPath(path), 0);
        if (real is not null && roots.Any(root => IsIn(real, root))) return null;
        var target = real is null || real == Path.GetFullPath(path) ? "" : $", which is {real}";
        return new Problem(where, $"'{path}'{target}", expected, "copy it there, or name its folder when you start the run (--maps, --sample, --set)");
    }

    /// <summary>Holds every file in a step's input against the fence.</summary>
    /// <param name="value">The input's value, with files at any depth.</param>
    /// <param name="where">What holds it, for the message.</param>
    /// <exception cref="BadInputException">One of them leads elsewhere.</exception>
    public void CheckFiles(object? value, string where)
    {
        foreach (var file in FilesIn(value)) Check(file.Path, where);
    }

    private static IEnumerable<InputFile> FilesIn(object? value) => value switch
    {
        null or string => [],
        InputFile file => [file],
        IDictionary entries => entries.Values.Cast<object?>().SelectMany(FilesIn),
        IEnumerable items => items.Cast<object?>().Where(item => item is not ValueType).SelectMany(FilesIn),
        _ when value.GetType().Namespace?.StartsWith(nameof(ClusterSurvey), StringComparison.Ordinal) ?? false
            => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && !property.PropertyType.IsValueType)
                .SelectMany(property => FilesIn(property.GetValue(value))),
        _ => [],
    };

    private static bool IsIn(string path, string root) => path == root || path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every link in it followed; null when they lead in a circle.</summary>
    private static string? RealPath(string path, int links)
    {
        if (links > MostLinks) return null;
        var here = Path.GetPathRoot(path)!;
        foreach (var part in path[here.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(here, part);
            if (new FileInfo(next).LinkTarget is not { } target) here = next;
            else if (RealPath(Path.GetFullPath(target, here), links + 1) is { } followed) here = followed;
            else return null;
        }
        return here;
    }
}
