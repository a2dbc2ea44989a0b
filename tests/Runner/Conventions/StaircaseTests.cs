using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Conventions;

/// <summary>The house is a straight staircase, and each room keeps to its packages.</summary>
public sealed partial class StaircaseTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Foundation"] = [],
        ["Physics"] = ["Foundation"],
        ["Inference"] = ["Foundation"],
        ["Activities"] = ["Physics", "Inference"],
        ["Workflows"] = ["Activities"],
        ["Runner"] = ["Workflows"],
    };

    private static readonly Dictionary<string, string[]> Fences = new()
    {
        ["Foundation"] = ["TorchSharp", "libtorch-cpu-linux-x64"],
        ["Physics"] = ["MathNet.Numerics"],
        ["Inference"] = ["MathNet.Numerics"],
        ["Activities"] = ["Parquet.Net", "DuckDB.NET.Data.Full", "PDFsharp"],
        ["Workflows"] = ["Jint", "DotLiquid", "Microsoft.EntityFrameworkCore.Sqlite", "Npgsql.EntityFrameworkCore.PostgreSQL", "Microsoft.EntityFrameworkCore.Design",
            "Elsa", "Elsa.Expressions.JavaScript", "Elsa.Expressions.Liquid", "Microsoft.Extensions.Hosting"],
        ["Runner"] = ["MailKit", "Microsoft.Extensions.Hosting", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "Quartz", "Serilog.Extensions.Logging", "Serilog.Formatting.Compact", "Serilog.Sinks.File", "Spectre.Console", "System.CommandLine"],
    };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Fact]
    public void There_are_no_rooms_but_those_of_the_plan()
        => Assert.Equal(Allowed.Keys.Order(), Directory.EnumerateDirectories(Path.Combine(SharedData.RepositoryRoot, "src")).Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_only_the_step_below_it(string room)
    {
        var references = Project(room).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Assert.Equal(Allowed[room].Order(), references.Order());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_keeps_to_its_packages(string room)
    {
        var packages = Project(room).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);
        Assert.Empty(packages.Except(Fences[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Versions_stand_in_one_place(string room)
        => Assert.DoesNotContain(Project(room).Descendants("PackageReference"), package => package.Attribute("Version") is not null);

    [Theory]
    [InlineData("Physics")]
    [InlineData("Inference")]
    public void Pure_rooms_know_no_files_clocks_console_or_threads(string room)
    {
        var found = Sources(room).SelectMany(file => ImpureCall().Matches(WithoutComments(File.ReadAllText(file))).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));
        Assert.Empty(found);
    }

    [Fact]
    public void Physics_and_inference_know_nothing_of_each_other()
    {
        Assert.DoesNotContain(Sources("Physics"), file => File.ReadAllText(file).Contains("ClusterSurvey.Inference", StringComparison.Ordinal));
        Assert.DoesNotContain(Sources("Inference"), file => File.ReadAllText(file).Contains("ClusterSurvey.Physics", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_public_signature_shows_a_tensor(string room)
    {
        var assembly = Assembly.Load(room == "Runner" ? "clustersurvey" : $"ClusterSurvey.{room}");
        var shown = from type in assembly.GetExportedTypes()
                    from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    where SignatureOf(member).Any(part => part.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true)
                    select $"{type}.{member.Name}";
        Assert.Empty(shown);
    }

    private static IEnumerable<Type> SignatureOf(MemberInfo member) => (member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => Enumerable.Empty<Type>(),
    }).SelectMany(type => type.IsGenericType ? type.GetGenericArguments().Append(type) : [type]);

    private static XDocument Project(string room) => XDocument.Load(Path.Combine(SharedData.RepositoryRoot, "src", room, $"{room}.csproj"));

    private static IEnumerable<string> Sources(string room) => SourceTree.Files(Path.Combine("src", room));

    private static string WithoutComments(string source) => Comment().Replace(source, "");

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(File\.|Directory\.|FileStream\(|FileInfo\(|Console\.|Stopwatch|TimeProvider|Environment\.|Task\.Run|Parallel\.For|new Thread\(|ThreadPool|ILogger|AsParallel)")]
    private static partial Regex ImpureCall();
}
