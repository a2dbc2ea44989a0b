using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClusterSurvey.Foundation;

/// <summary>
/// Marks one required symbol version of an ELF64 little-endian shared object as weak (VER_FLG_WEAK), so
/// that the dynamic loader accepts a C++ runtime without it. Layout: System V ABI and the Linux Standard
/// Base, "Symbol Versioning", sections .gnu.version_r (SHT_GNU_verneed), Elf64_Verneed, Elf64_Vernaux.
/// </summary>
internal static class WeakSymbolVersion
{
    private const uint SectionOfNeededVersions = 0x6ffffffe;
    private const ushort Weak = 0x2;

    /// <summary>
    /// The path of a copy of <paramref name="library"/> in which <paramref name="version"/> is weak: beside
    /// the library, or in a folder of this user's own where that cannot be written. The original is untouched.
    /// </summary>
    public static string PrivateCopy(string library, string version)
    {
        var image = File.ReadAllBytes(library);
        if (!MarkWeak(image, version)) throw new DllNotFoundException($"{library} does not load, and not for want of {version}: see the loader's words with ldd {library}");
        var name = $"{Path.GetFileNameWithoutExtension(library)}.{Convert.ToHexStringLower(SHA256.HashData(image))[..12]}.so";
        foreach (var folder in (string[])[Path.GetDirectoryName(library)!, UserCache()])
        {
            try
            {
                return WriteOnce(Path.Combine(folder, name), image);
            }
            catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
            {
                continue;
            }
        }
        throw new DllNotFoundException($"a private copy of {library} can be written neither beside it nor in {UserCache()}: make one of them writable");
    }

    /// <summary>Sets the weak flag of every entry that asks for <paramref name="version"/>; false when none does.</summary>
    internal static bool MarkWeak(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual("\u007fELF\u0002\u0001"u8)) return false;
        var found = false;
        foreach (var section in Sections(elf))
        {
            if (section.Type != SectionOfNeededVersions) continue;
            var names = Sections(elf)[section.Link];
            found |= MarkWeak(elf, section, names, version);
        }
        return found;
    }

    private static bool MarkWeak(Span<byte> elf, Section section, Section names, string version)
    {
        var found = false;
        var need = section.Offset;
        while (true)
        {
            var entry = need + (int)U32(elf, need + 8);
            for (int left = U16(elf, need + 2); left > 0; left--)
            {
                if (Text(elf, names.Offset + (int)U32(elf, entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[(entry + 4)..], (ushort)(U16(elf, entry + 4) | Weak));
                    found = true;
                }
                entry += (int)U32(elf, entry + 12);
            }
            var next = (int)U32(elf, need + 12);
            if (next == 0) return found;
            need += next;
        }
    }

    private static string WriteOnce(string path, byte[] image)
    {
        if (File.Exists(path) && new FileInfo(path).Length == image.Length) return path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private static string UserCache() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "clustersurvey", "native");

    private readonly record struct Section(uint Type, int Offset, int Link);

    private static Section[] Sections(ReadOnlySpan<byte> elf)
    {
        var table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]));
        int size = U16(elf, 0x3A), count = U16(elf, 0x3C);
        var sections = new Section[count];
        for (var i = 0; i < count; i++)
        {
            var at = table + i * size;
            sections[i] = new Section(U32(elf, at + 4), checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(at + 24)..])), (int)U32(elf, at + 40));
        }
        return sections;
    }

    private static ushort U16(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);

    private static uint U32(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf[at..]);

    private static string Text(ReadOnlySpan<byte> elf, int at)
    {
        var rest = elf[at..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
