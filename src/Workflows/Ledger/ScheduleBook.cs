using System.Security.Cryptography;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The schedules of a folder of runs and the history of their fires. What changes depends on what is there, in one transaction: a server and command lines share them.</summary>
/// <param name="ledger">The ledger that holds them.</param>
/// <param name="home">The full path of the folder of runs.</param>
public sealed class ScheduleBook(RunLedger ledger, string home)
{
    /// <summary>The list of addresses of a schedule that tells nobody.</summary>
    private const string Nobody = "[]";

    private const int LongestName = 60;
    private const int IdBytes = 8;

    /// <summary>All schedules, by name.</summary>
    public IReadOnlyList<ScheduleRow> All => ledger.Read(context => Mine(context).OrderBy(row => row.Name).ToList());

    /// <summary>Fires that have not ended, the oldest first.</summary>
    public IReadOnlyList<ScheduleFireRow> Open
        => ledger.Read(context => Fires(context).Where(row => row.State == FireState.Waiting || row.State == FireState.Running).OrderBy(row => row.EnteredAt).ToList());

    /// <summary>The schedule of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public ScheduleRow Get(string name)
    {
        var all = All;
        return all.FirstOrDefault(row => row.Name == name) ?? throw new BadInputException("schedule", $"no schedule '{name}'", "the name of a schedule", Spelling.Suggest(name, [.. all.Select(row => row.Name)]));
    }

    /// <summary>Adds a schedule.</summary>
    /// <exception cref="BadInputException">Its name is empty, too long, holds what paths are made of, or is taken.</exception>
    public void Add(ScheduleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (string.IsNullOrWhiteSpace(row.Name) || row.Name.Length > LongestName || row.Name.Any(letter => char.IsControl(letter) || letter is '/' or '\\'))
            throw new BadInputException("schedule add", $"the name '{row.Name}'", $"1 to {LongestName} characters without '/' and '\\'", "choose another name");
        var isTaken = false;
        ledger.Commit(context =>
        {
            context.SaveChanges();
            isTaken = context.Schedules.Any(known => known.Home == row.Home && known.Name == row.Name);
            if (!isTaken) context.Schedules.Add(row);
        });
        if (isTaken) throw new BadInputException("schedule add", $"a schedule '{row.Name}'", "a name that is not taken", $"choose another name, or remove it first (clustersurvey schedule remove {row.Name})");
    }

    /// <summary>Removes a schedule with its history; its runs stay.</summary>
    public void Remove(string name) => Change(context =>
    {
        One(context, name).ExecuteDelete();
        Fires(context).Where(row => row.Schedule == name).ExecuteDelete();
    });

    /// <summary>Lets a schedule rest; what would have been due meanwhile is not made up for.</summary>
    public void Pause(string name) => Change(context => One(context, name).ExecuteUpdate(set => set.SetProperty(row => row.IsPaused, true).SetProperty(row => row.DueAt, (DateTimeOffset?)null)));

    /// <summary>Ends the rest of a schedule.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="due">When it is due next.</param>
    public void Resume(string name, DateTimeOffset? due)
        => Change(context => One(context, name).Where(row => row.IsPaused).ExecuteUpdate(set => set.SetProperty(row => row.IsPaused, false).SetProperty(row => row.DueAt, due)));

    /// <summary>The fires of a schedule, the newest first.</summary>
    public IReadOnlyList<ScheduleFireRow> History(string name, int most)
        => ledger.Read(context => Fires(context).Where(row => row.Schedule == name).OrderByDescending(row => row.EnteredAt).Take(most).ToList());

    /// <summary>The last fire of a schedule whose run came to its end; null for none.</summary>
    public ScheduleFireRow? LastResult(string name) => ledger.Read(context => Fires(context)
        .Where(row => row.Schedule == name && (row.State == FireState.Done || row.State == FireState.DoneWithFailures))
        .OrderByDescending(row => row.EnteredAt).FirstOrDefault());

    /// <summary>The last fire of every schedule that has had one.</summary>
    public IReadOnlyDictionary<string, ScheduleFireRow> LastFires => ledger.Read(context => Mine(context)
        .Select(schedule => Fires(context).Where(row => row.Schedule == schedule.Name).OrderByDescending(row => row.EnteredAt).FirstOrDefault())
        .AsEnumerable().OfType<ScheduleFireRow>().ToDictionary(row => row.Schedule, StringComparer.Ordinal));

    /// <summary>Has a schedule run as soon as its last run has ended, without regard to when it is due.</summary>
    public ScheduleFireRow RunNow(string name, DateTimeOffset now)
    {
        var fire = NewFire(Get(name).Name, FireCause.RunNow, now, now, 0, FireState.Waiting, null);
        Change(context => context.ScheduleFires.Add(fire));
        return fire;
    }

    /// <summary>A fire that is not in the history yet.</summary>
    internal ScheduleFireRow NewFire(string schedule, FireCause cause, DateTimeOffset due, DateTimeOffset now, int missed, FireState state, string? message, string? notices = null) => new()
    {
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), Home = home, Schedule = schedule, Cause = cause, DueAt = due, EnteredAt = now, Missed = missed, State = state,
        EndedAt = state == FireState.Waiting ? null : now, Message = message, NoticesLeft = notices,
    };

    /// <summary>Takes what is due of a schedule: from now on it is due at another time, and the fire is in its history. At most one process does.</summary>
    /// <param name="row">The schedule as it was read.</param>
    /// <param name="next">When it is due next.</param>
    /// <param name="cause">What made it fire.</param>
    /// <param name="due">The time for which the fire was planned.</param>
    /// <param name="now">The time.</param>
    /// <param name="missed">How many planned times have passed without a run.</param>
    /// <param name="state">Waiting when it is to be started.</param>
    /// <param name="message">Why it is not, for people.</param>
    /// <returns>False when somebody else has taken, paused or removed it.</returns>
    public bool Take(ScheduleRow row, DateTimeOffset? next, FireCause cause, DateTimeOffset due, DateTimeOffset now, int missed, FireState state, string? message)
    {
        ArgumentNullException.ThrowIfNull(row);
        var isTaken = false;
        Change(context =>
        {
            isTaken = One(context, row.Name).Where(known => known.DueAt == row.DueAt && !known.IsPaused).ExecuteUpdate(set => set.SetProperty(known => known.DueAt, next)) == 1;
            if (isTaken) context.ScheduleFires.Add(NewFire(row.Name, cause, due, now, missed, state, message, state == FireState.Missed ? NotifyOf(context, row.Name) : null));
        });
        return isTaken;
    }

    /// <summary>Takes a change of the folder that a schedule watches. At most one process does.</summary>
    /// <param name="row">The schedule as it was read.</param>
    /// <param name="seen">What lies in the folder.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when somebody else has taken, paused or removed it.</returns>
    public bool TakeChange(ScheduleRow row, string seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var isTaken = false;
        Change(context =>
        {
            isTaken = One(context, row.Name).Where(known => known.Seen == row.Seen && !known.IsPaused).ExecuteUpdate(set => set.SetProperty(known => known.Seen, seen)) == 1;
            if (isTaken) context.ScheduleFires.Add(NewFire(row.Name, FireCause.Watch, now, now, 0, FireState.Waiting, null));
        });
        return isTaken;
    }

    /// <summary>Takes a fire that waits, to start it. At most one process does.</summary>
    /// <returns>False when somebody else has.</returns>
    public bool Begin(string fireId)
    {
        var isMine = false;
        Change(context => isMine = Fire(context, fireId).Where(row => row.State == FireState.Waiting).ExecuteUpdate(set => set.SetProperty(row => row.State, FireState.Running)) == 1);
        return isMine;
    }

    /// <summary>Has a fire wait again whose start came to nothing.</summary>
    public void PutBack(string fireId) => Change(context => Fire(context, fireId).ExecuteUpdate(set => set.SetProperty(row => row.State, FireState.Waiting)));

    /// <summary>Tells which run a fire has started.</summary>
    public void SetRun(string fireId, string run) => Change(context => Fire(context, fireId).ExecuteUpdate(set => set.SetProperty(row => row.Run, run)));

    /// <summary>Tells that the run of a fire has begun to work.</summary>
    public void SetStarted(string fireId, DateTimeOffset now) => Change(context => Fire(context, fireId).ExecuteUpdate(set => set.SetProperty(row => row.StartedAt, (DateTimeOffset?)now)));

    /// <summary>Tells what changed from a run to the run of a fire.</summary>
    public void SetChanges(string fireId, string comparedWith, string changes)
        => Change(context => Fire(context, fireId).ExecuteUpdate(set => set.SetProperty(row => row.ComparedWith, comparedWith).SetProperty(row => row.Changes, changes)));

    /// <summary>Ends a fire; whom its schedule names is to be told.</summary>
    public void End(ScheduleFireRow fire, FireState state, string? message, DateTimeOffset now) => Change(context => Fire(context, fire.Id).ExecuteUpdate(set => set
        .SetProperty(row => row.State, state).SetProperty(row => row.Message, message).SetProperty(row => row.EndedAt, (DateTimeOffset?)now)
        .SetProperty(row => row.NoticesLeft, NotifyOf(context, fire.Schedule))));

    /// <summary>Fires of whose end somebody is still to be told, the oldest first.</summary>
    public IReadOnlyList<ScheduleFireRow> ToBeTold => ledger.Read(context => Fires(context).Where(row => row.NoticesLeft != null).OrderBy(row => row.EnteredAt).ToList());

    /// <summary>Tells who is still to be told after another try, and what kept them from it.</summary>
    public void SetTold(string fireId, string? left, string? problem) => Change(context => Fire(context, fireId).ExecuteUpdate(set => set
        .SetProperty(row => row.NoticesLeft, left).SetProperty(row => row.NoticeTries, row => row.NoticeTries + 1).SetProperty(row => row.NoticeProblem, problem)));

    private string? NotifyOf(LedgerContext context, string name) => One(context, name).Where(row => row.Notify != Nobody).Select(row => row.Notify).FirstOrDefault();

    private IQueryable<ScheduleRow> Mine(LedgerContext context) => context.Schedules.Where(row => row.Home == home);

    private IQueryable<ScheduleRow> One(LedgerContext context, string name) => Mine(context).Where(row => row.Name == name);

    private IQueryable<ScheduleFireRow> Fires(LedgerContext context) => context.ScheduleFires.Where(row => row.Home == home);

    private IQueryable<ScheduleFireRow> Fire(LedgerContext context, string id) => Fires(context).Where(row => row.Id == id);

    private void Change(Action<LedgerContext> change) => ledger.Commit(context =>
    {
        context.SaveChanges();
        change(context);
    });
}
