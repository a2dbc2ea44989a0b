using System.IO.Compression;
using System.Security.Cryptography;

namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>Backups as programs of other versions write them, put together by hand.</summary>
internal static class BackupFiles
{
    public static void Write(string path, string ledger, string schema)
    {
        var rows = File.ReadAllBytes(ledger);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var about = new StreamWriter(archive.CreateEntry("backup.json").Open()))
            about.Write($$"""{"format":"clustersurvey-database-backup","version":1,"schema":"{{schema}}","createdAt":"2026-11-28T03:00:00+00:00","sha256":"{{Convert.ToHexStringLower(SHA256.HashData(rows))}}","rows":{} }""");
        using var member = archive.CreateEntry("ledger.db").Open();
        member.Write(rows);
    }
}
