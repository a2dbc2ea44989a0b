using System.Diagnostics;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>A disk of a few megabytes in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-disk-");

    private SmallDisk()
    {
    }

    public string Path => folder.FullName;

    /// <summary>Mounts one; null when this process may not.</summary>
    public static SmallDisk? Mount(int megabytes)
    {
        var disk = new SmallDisk();
        if (Call("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path)) return disk;
        disk.folder.Delete();
        return null;
    }

    public void Grow(int megabytes) => Assert.True(Call("mount", "-o", $"remount,size={megabytes}m", Path));

    /// <summary>Fills it to the last byte.</summary>
    /// <returns>The file that takes the room.</returns>
    public string Fill()
    {
        var filler = System.IO.Path.Combine(Path, "filler");
        // Without a buffer, which could not be emptied when the file is closed.
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[1 << 16];
        for (var size = block.Length; size > 0;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
        return filler;
    }

    public void Protect() => Assert.True(Call("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Call("umount", "-l", Path);
        folder.Delete();
    }

    private static bool Call(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
