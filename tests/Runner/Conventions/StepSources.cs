using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Physics;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Conventions;

/// <summary>
/// The source of what a step computes: the files of its class and of all types of the rooms below that it needs. White space and comments count for
/// nothing. How artifacts are stored, steps declared, files written and problems told is left out, and so are other steps.
/// </summary>
/// <param name="Sources">Sources by their path below src.</param>
/// <param name="Packages">Versions of packages by name.</param>
internal sealed partial record StepSources(IReadOnlyDictionary<string, string> Sources, IReadOnlyDictionary<string, string> Packages)
{
    private static readonly string[] leftOut =
        ["ClusterSurvey.Activities.Artifacts", "ClusterSurvey.Activities.Declaration", "ClusterSurvey.Activities.Problems", "ClusterSurvey.Activities.Files"];

    private static readonly Assembly[] rooms = [typeof(Seed).Assembly, typeof(Redshift).Assembly, typeof(Prior).Assembly, typeof(Step).Assembly];

    private static readonly TypeReferences references = new(rooms, type => !leftOut.Contains(type.Namespace) && !typeof(Step).IsAssignableFrom(type));

    private readonly ILookup<string, string> declarations = Sources
        .SelectMany(source => Declaration().Matches(source.Value).Select(match => (Name: $"{Namespace().Match(source.Value).Groups[1].Value}.{match.Groups[1].Value}", File: source.Key)))
        .ToLookup(declared => declared.Name, declared => declared.File, StringComparer.Ordinal);

    /// <summary>The sources of this repository.</summary>
    public static StepSources OfRepository()
    {
        var root = Path.Combine(SharedData.RepositoryRoot, "src");
        var versions = XDocument.Load(Path.Combine(SharedData.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion");
        return new StepSources(
            new[] { "Foundation", "Physics", "Inference", "Activities" }.SelectMany(room => SourceTree.Files(Path.Combine("src", room)))
                .ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText),
            versions.ToDictionary(version => version.Attribute("Include")!.Value, version => version.Attribute("Version")!.Value));
    }

    /// <summary>The files on which a step depends.</summary>
    public IReadOnlyList<string> Files(StepDescriptor step)
        => [.. references.Closure(step.Type).Where(type => type.FullName is not null)
            .SelectMany(type => declarations[type.FullName!.Split('`')[0]]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The hash of these files, and of the versions of the packages that they use.</summary>
    public string Hash(StepDescriptor step)
    {
        var files = Files(step);
        var used = Packages.Where(package => files.Any(file => Sources[file].Contains($"using {package.Key}", StringComparison.Ordinal)))
            .OrderBy(package => package.Key, StringComparer.Ordinal).Select(package => $"{package.Key} {package.Value}");
        var all = string.Join('\n', files.Select(file => $"{file}\n{Normalised(Sources[file])}").Concat(used));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
    }

    private static string Normalised(string source) => Space().Replace(Comment().Replace(source, match => match.Value[0] == '/' ? " " : match.Value), " ").Trim();

    // Text in quotes is matched too, so that what looks like a comment in it is kept.
    [GeneratedRegex("""("{3,}[\s\S]*?"{3,})|("(\\.|[^"\\\n])*")|(//[^\n]*)|(/\*[\s\S]*?\*/)""")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?: class| struct)?) (\w+)")]
    private static partial Regex Declaration();
}
