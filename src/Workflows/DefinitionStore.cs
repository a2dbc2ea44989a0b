using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows;

/// <summary>
/// The definitions of a folder of runs: what is shipped, and what has been saved over it or beside it, version by version. A draft is
/// overwritten by the next save; a published version stays, and the next save begins a new draft. Safe for several threads.
/// </summary>
public sealed class DefinitionStore(RunLedger ledger, TimeProvider time, DefinitionLibrary shipped)
{
    private static readonly DateTimeOffset builtAt = File.GetLastWriteTimeUtc(Assembly.GetExecutingAssembly().Location);

    private readonly Lock saving = new();

    public DefinitionStore(RunLedger ledger, TimeProvider time) : this(ledger, time, DefinitionLibrary.Shipped) { }

    /// <summary>Every version of every definition, by name and then from the oldest to the newest.</summary>
    public IReadOnlyList<DefinitionVersion> Versions()
    {
        var saved = ledger.Read(context => context.SavedDefinitions
            .Select(row => new DefinitionVersion(row.Id, row.DefinitionId, row.Name, row.Description, row.Version, row.IsLatest, row.IsPublished, false, row.CreatedAt)).ToList());
        var (edited, published) = (Ids(saved.Where(version => version.IsLatest)), Ids(saved.Where(version => version.IsPublished)));
        var built = shipped.All.Select(document => new DefinitionVersion(
            ShippedId(document), document.DefinitionId, document.Name, document.Description, document.Version,
            !edited.Contains(document.DefinitionId), !published.Contains(document.DefinitionId), true, builtAt));
        return [.. built.Concat(saved).OrderBy(version => version.Name, StringComparer.OrdinalIgnoreCase).ThenBy(version => version.DefinitionId, StringComparer.Ordinal).ThenBy(version => version.Version)];
    }

    /// <summary>The versions of one definition, from the oldest to the newest; none when there is no such definition.</summary>
    public IReadOnlyList<DefinitionVersion> VersionsOf(string definitionId) => [.. Versions().Where(version => version.DefinitionId == definitionId)];

    /// <summary>A version of a definition; null when there is none of this choice.</summary>
    public DefinitionVersion? Find(string definitionId, VersionChoice choice)
    {
        var versions = VersionsOf(definitionId);
        var published = versions.FirstOrDefault(version => version.IsPublished);
        return choice switch
        {
            VersionChoice.Published => published,
            VersionChoice.PublishedOrLatest when published is not null => published,
            _ => versions.FirstOrDefault(version => version.IsLatest),
        };
    }

    /// <summary>The content of a version; null when it is not there any more.</summary>
    public WorkflowDocument? Document(DefinitionVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.IsShipped) return shipped.Find(version.DefinitionId);
        var json = ledger.Read(context => context.SavedDefinitions.Where(row => row.Id == version.Id).Select(row => row.Json).SingleOrDefault());
        return json is null ? null : Stamped(JsonNode.Parse(json)!.AsObject(), version);
    }

    /// <summary>What can be run by name: of every definition the published version, or else the draft.</summary>
    public DefinitionLibrary Library()
    {
        var versions = Versions().GroupBy(version => version.DefinitionId).Select(group => group.FirstOrDefault(version => version.IsPublished) ?? group.First(version => version.IsLatest));
        return new DefinitionLibrary(versions.Select(Document).OfType<WorkflowDocument>());
    }

    /// <summary>Saves a document as the draft of its definition, or publishes it.</summary>
    /// <param name="document">The document; without a definitionId it becomes a new definition.</param>
    /// <param name="publish">True to publish what is saved.</param>
    /// <exception cref="BadInputException">The definitionId is none.</exception>
    /// <exception cref="StaleDefinitionException">The document comes from a version that others have moved on from.</exception>
    public DefinitionVersion Save(JsonObject document, bool publish)
    {
        ArgumentNullException.ThrowIfNull(document);
        var read = WorkflowDocument.Parse(document.ToJsonString(), "the definition");
        lock (saving)
        {
            var id = read.DefinitionId.Length > 0 ? read.DefinitionId : NewId(read.Name);
            DefinitionLibrary.CheckId(id, "the definition");
            var latest = Find(id, VersionChoice.Latest);
            if (latest is not null) RefuseStale(read, latest);
            var overwrite = latest is { IsShipped: false, IsPublished: false };
            var number = latest is null ? 1 : overwrite ? latest.Version : latest.Version + 1;
            var version = new DefinitionVersion(
                overwrite ? latest!.Id : NewId($"{id}\n{number}"), id, read.Name.Length > 0 ? read.Name : id, read.Description, number, true, publish, false, overwrite ? latest!.CreatedAt : time.GetUtcNow());
            Write(version, document);
            return version;
        }
    }

    /// <summary>Publishes the version that is edited.</summary>
    /// <returns>It, and whether it was published already; null when there is no such definition.</returns>
    public (DefinitionVersion Version, bool Already)? Publish(string definitionId)
    {
        lock (saving)
        {
            if (Find(definitionId, VersionChoice.Latest) is not { } latest) return null;
            if (!latest.IsPublished) ledger.Commit(context =>
            {
                Unpublish(context, definitionId);
                context.SavedDefinitions.Where(row => row.Id == latest.Id).ExecuteUpdate(set => set.SetProperty(row => row.IsPublished, true));
            });
            return (latest with { IsPublished = true }, latest.IsPublished);
        }
    }

    /// <summary>Takes back the publication of a definition; what is shipped comes to the fore again.</summary>
    /// <returns>The version that is edited, and whether nothing was published; null when there is no such definition.</returns>
    public (DefinitionVersion Version, bool Already)? Retract(string definitionId)
    {
        lock (saving)
        {
            if (Find(definitionId, VersionChoice.Latest) is not { } latest) return null;
            var published = VersionsOf(definitionId).Any(version => version is { IsPublished: true, IsShipped: false });
            if (published) ledger.Commit(context => Unpublish(context, definitionId));
            return (Find(definitionId, VersionChoice.Latest)!, !published);
        }
    }

    /// <summary>Makes the content of an earlier version the draft.</summary>
    /// <returns>The draft; null when there is no such version.</returns>
    public DefinitionVersion? Revert(string definitionId, int number)
    {
        var version = VersionsOf(definitionId).LastOrDefault(known => known.Version == number);
        if (version is null || Document(version) is not { } document) return null;
        var json = document.ToJson();
        json.Remove("id");
        return Save(json, publish: false);
    }

    /// <summary>Deletes every saved version of definitions; what is shipped stays.</summary>
    /// <returns>How many definitions had any.</returns>
    public int Delete(IReadOnlyCollection<string> definitionIds)
    {
        lock (saving)
        {
            var known = Ids(Versions().Where(version => !version.IsShipped && definitionIds.Contains(version.DefinitionId)));
            ledger.Commit(context => context.SavedDefinitions.Where(row => known.Contains(row.DefinitionId)).ExecuteDelete());
            return known.Count;
        }
    }

    /// <summary>Deletes saved versions; of what is left of their definitions the newest becomes the one that is edited.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteVersions(IReadOnlyCollection<string> versionIds)
    {
        lock (saving)
        {
            var known = Versions().Where(version => !version.IsShipped && versionIds.Contains(version.Id)).ToList();
            var ids = known.Select(version => version.Id).ToList();
            ledger.Commit(context => context.SavedDefinitions.Where(row => ids.Contains(row.Id)).ExecuteDelete());
            foreach (var definitionId in Ids(known)) MakeNewestLatest(definitionId);
            return known.Count;
        }
    }

    private static HashSet<string> Ids(IEnumerable<DefinitionVersion> versions) => versions.Select(version => version.DefinitionId).ToHashSet(StringComparer.Ordinal);

    private static string ShippedId(WorkflowDocument document) => document.VersionId.Length > 0 ? document.VersionId : $"{document.DefinitionId}-{document.Version}";

    // The designer saves from the version that it has loaded, or from the one before while the answer to its last save is on its way.
    private void RefuseStale(WorkflowDocument read, DefinitionVersion latest)
    {
        var before = VersionsOf(latest.DefinitionId).LastOrDefault(version => version.Version < latest.Version);
        if (read.VersionId.Length == 0 || read.VersionId == latest.Id || read.VersionId == before?.Id) return;
        if (VersionsOf(latest.DefinitionId).All(version => version.Id != read.VersionId)) return;
        throw new StaleDefinitionException(latest);
    }

    private void Write(DefinitionVersion version, JsonObject document)
    {
        var row = new SavedDefinitionRow
        {
            Id = version.Id, DefinitionId = version.DefinitionId, Name = version.Name, Description = version.Description, Version = version.Version, IsLatest = true,
            IsPublished = version.IsPublished, Json = Stamped(document, version).ToJson().ToJsonString(SurveyJson.Options), CreatedAt = version.CreatedAt,
        };
        ledger.Commit(context =>
        {
            context.SavedDefinitions.Where(known => known.Id == row.Id).ExecuteDelete();
            context.SavedDefinitions.Where(known => known.DefinitionId == row.DefinitionId && known.IsLatest).ExecuteUpdate(set => set.SetProperty(known => known.IsLatest, false));
            if (row.IsPublished) Unpublish(context, row.DefinitionId);
            context.SavedDefinitions.Add(row);
            context.SaveChanges();
        });
    }

    private void MakeNewestLatest(string definitionId)
    {
        if (Versions().Where(version => !version.IsShipped && version.DefinitionId == definitionId).MaxBy(version => version.Version) is not { } newest) return;
        ledger.Commit(context => context.SavedDefinitions.Where(row => row.Id == newest.Id).ExecuteUpdate(set => set.SetProperty(row => row.IsLatest, true)));
    }

    private static void Unpublish(LedgerContext context, string definitionId)
        => context.SavedDefinitions.Where(row => row.DefinitionId == definitionId && row.IsPublished).ExecuteUpdate(set => set.SetProperty(row => row.IsPublished, false));

    // Which version it is, a document tells itself; who has the newer one, only the store.
    private static WorkflowDocument Stamped(JsonObject document, DefinitionVersion version)
    {
        var json = (JsonObject)document.DeepClone();
        json.Remove("links");
        (json["id"], json["definitionId"], json["name"], json["version"]) = (version.Id, version.DefinitionId, version.Name, version.Version);
        (json["isLatest"], json["isPublished"], json["createdAt"]) = (version.IsLatest, version.IsPublished, version.CreatedAt.ToString("O", CultureInfo.InvariantCulture));
        return WorkflowDocument.Parse(json.ToJsonString(SurveyJson.Options), $"{version.DefinitionId} version {version.Version}");
    }

    private string NewId(string what)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{what}\n{time.GetUtcNow().UtcTicks}\n{ledger.Read(context => context.SavedDefinitions.Count())}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }
}
