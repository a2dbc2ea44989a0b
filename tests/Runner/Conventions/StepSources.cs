using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Runner.Tests.Conventions;

/// <summary>
/// The source of what steps compute: the step's file, and every file of the rooms below in which a type or an extension method is declared that the files
/// found so far name. White space and comments count for nothing. How artifacts are stored, steps declared, files written and problems told is left out.
/// </summary>
internal sealed partial class StepSources
{
    private static readonly string[] rooms = ["Foundation", "Physics", "Inference", "Activities"];
    private static readonly string[] leftOut = ["Activities/Artifacts/", "Activities/Declaration/", "Activities/Problems/", "Activities/Files/"];

    private readonly Dictionary<string, string[]> words;
    private readonly Dictionary<string, string> code;
    private readonly ILookup<string, string> declarations;
    private readonly IReadOnlyDictionary<string, string> packages;

    /// <param name="sources">Sources by their path below src.</param>
    /// <param name="packages">Versions of packages by name.</param>
    public StepSources(IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> packages)
    {
        this.packages = packages;
        code = sources.ToDictionary(source => source.Key, source => Normalised(source.Value));
        words = code.ToDictionary(source => source.Key, source => Word().Matches(source.Value).Select(match => match.Value).Distinct().ToArray());
        declarations = code.Where(source => !leftOut.Any(folder => source.Key.StartsWith(folder, StringComparison.Ordinal)))
            .SelectMany(source => Declaration().Matches(source.Value).Select(match => (Name: match.Groups[1].Value + match.Groups[2].Value, File: source.Key)))
            .ToLookup(declared => declared.Name, declared => declared.File, StringComparer.Ordinal);
    }

    /// <summary>The sources of this repository.</summary>
    public static StepSources OfRepository()
    {
        var root = Path.Combine(Support.SharedData.RepositoryRoot, "src");
        var versions = XDocument.Load(Path.Combine(Support.SharedData.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion");
        return new StepSources(
            rooms.SelectMany(room => SourceTree.Files(Path.Combine("src", room))).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText),
            versions.ToDictionary(version => version.Attribute("Include")!.Value, version => version.Attribute("Version")!.Value));
    }

    /// <summary>The files on which a step depends, its own first.</summary>
    public IReadOnlyList<string> Files(StepDescriptor step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var own = $"Activities/{step.Type.Name}.cs";
        var found = new HashSet<string>(StringComparer.Ordinal) { own };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var file))
            foreach (var next in words[file].SelectMany(word => declarations[word]).Where(next => !IsOtherStep(next) && found.Add(next))) open.Enqueue(next);
        return [own, .. found.Where(file => file != own).Order(StringComparer.Ordinal)];
    }

    /// <summary>The hash of these files, and of the versions of the packages that they use.</summary>
    public string Hash(StepDescriptor step)
    {
        var files = Files(step);
        var used = packages.Where(package => files.Any(file => code[file].Contains($"using {package.Key}", StringComparison.Ordinal)))
            .OrderBy(package => package.Key, StringComparer.Ordinal).Select(package => $"{package.Key} {package.Value}");
        var all = string.Join('\n', files.Select(file => $"{file}\n{code[file]}").Concat(used));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }

    // What a step declares of itself (its texts, its version) and how it is put are no concern of a step that names it.
    private static bool IsOtherStep(string file) => file.StartsWith("Activities/", StringComparison.Ordinal) && file.Count(letter => letter == '/') == 1;

    private static string Normalised(string source) => Space().Replace(Comment().Replace(source, match => match.Value[0] == '/' ? " " : match.Value), " ").Trim();

    // Text in quotes is matched too, so that what looks like a comment in it is kept.
    [GeneratedRegex("""("{3,}[\s\S]*?"{3,})|("(\\.|[^"\\\n])*")|(//[^\n]*)|(/\*[\s\S]*?\*/)""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?: class| struct)?) (\w+)|\bstatic [\w<>,\[\]?. ]+ (\w+)(?:<[\w, ]+>)?\(this ")]
    private static partial Regex Declaration();
}
