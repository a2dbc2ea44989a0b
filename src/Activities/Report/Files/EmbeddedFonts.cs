using System.Buffers.Binary;
using System.Reflection;
using System.Text;
using PdfSharp.Fonts;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>
/// The typeface of figures in PDF: Inter (Rasmus Andersson, SIL Open Font License 1.1), from a package of Avalonia that holds nothing but its files. It is embedded in every figure with the characters that it uses.
/// </summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    /// <summary>Name of the typeface.</summary>
    public const string Family = "Inter";

    private const string Package = "fonts/Avalonia.Fonts.Inter.dll";

    private static readonly Lazy<byte[]> resources = new(() =>
    {
        using var package = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(Package) ?? throw new InvalidOperationException($"no resource {Package} in the program");
        var bytes = new byte[package.Length];
        package.ReadExactly(bytes);
        using var stream = Assembly.Load(bytes).GetManifestResourceStream("!AvaloniaResources")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    });

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "Inter-SemiBold" : "Inter-Regular");

    // Length of the index, the index (name, place and length of each file), the files.
    public byte[]? GetFont(string faceName)
    {
        var all = resources.Value.AsSpan();
        var name = Encoding.UTF8.GetBytes($"/Assets/{faceName}.ttf");
        var at = all.IndexOf(name);
        if (at < 0) throw new InvalidOperationException($"no typeface {faceName} in {Package}");
        var files = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(all);
        return all.Slice(files + BinaryPrimitives.ReadInt32LittleEndian(all[(at + name.Length)..]), BinaryPrimitives.ReadInt32LittleEndian(all[(at + name.Length + sizeof(int))..])).ToArray();
    }
}
