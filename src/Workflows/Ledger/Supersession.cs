using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>
/// What a resume makes void. Passes that were quarantined run again; the end of their loop and everything after it
/// happened without them, and has to happen anew.
/// </summary>
internal static class Supersession
{
    public static void TakeUp(LedgerContext context, string instanceId)
    {
        var open = context.Incidents.Where(row => row.InstanceId == instanceId && !row.Resolved);
        var loops = open.Where(row => row.PassPath != null).Select(row => row.PassPath!).AsEnumerable().Select(pass => pass[..pass.LastIndexOf('[')]).Distinct().ToList();
        open.ExecuteUpdate(set => set.SetProperty(row => row.Resolved, true));
        var ends = Standing(context, instanceId).Where(row => row.Phase == RecordPhase.Finished && loops.Contains(row.Path)).Select(row => row.Sequence).ToList();
        if (ends.Count > 0) Void(context, instanceId, ends.Min());
    }

    private static void Void(LedgerContext context, string instanceId, long from)
    {
        var rows = Standing(context, instanceId).Where(row => row.Sequence >= from);
        var paths = rows.Select(row => row.Path).Distinct().ToHashSet(StringComparer.Ordinal);
        rows.ExecuteUpdate(set => set.SetProperty(row => row.Superseded, true));
        var called = context.Instances.Where(row => row.ParentInstanceId == instanceId).Select(row => new { row.Id, row.ParentPath }).ToList();
        foreach (var child in called.Where(child => child.ParentPath is not null && paths.Contains(child.ParentPath))) Void(context, child.Id, 0);
    }

    private static IQueryable<ActivityRow> Standing(LedgerContext context, string instanceId) => context.Activities.Where(row => row.InstanceId == instanceId && !row.Superseded);
}
