using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The files that come with the program: samples, priors, settings. A name finds a shipped file; a path finds the user's own.</summary>
public static class ShippedData
{
    /// <summary>The folder of shipped files: data beside the program.</summary>
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>The names, without extension, of the shipped files in a folder of data.</summary>
    public static IReadOnlyList<string> Names(string folder, string extension)
    {
        var library = Path.Combine(Root, folder);
        return Directory.Exists(library) ? [.. Directory.EnumerateFiles(library, $"*{extension}").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>The path of a shipped file, given by name (without extension); null when none is called so.</summary>
    public static string? ByName(string folder, string name, string extension)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(Root, folder, name + extension);
        return name.Length > 0 && name.IndexOfAny(['/', '\\', '.']) < 0 && File.Exists(path) ? path : null;
    }

    /// <summary>The path of a file, given by name (without extension) or by path.</summary>
    /// <param name="folder">The folder of data in which names are looked up.</param>
    /// <param name="nameOrPath">A name, or the path of a file.</param>
    /// <param name="extension">The extension of shipped files, with its dot.</param>
    public static string Find(string folder, string nameOrPath, string extension)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (ByName(folder, nameOrPath, extension) is { } shipped) return shipped;
        if (File.Exists(nameOrPath)) return nameOrPath;
        throw new BadInputException(nameOrPath, "no such file", $"the path of a file, or a name in data/{folder}", Spelling.Suggest(nameOrPath, Names(folder, extension)));
    }
}
