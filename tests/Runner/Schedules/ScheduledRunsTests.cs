using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Web;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>Schedules on a clock that the test sets, with real runs of a small workflow.</summary>
public sealed class ScheduledRunsTests : IDisposable
{
    private const string Name = "nightly";

    private const string Greeting = """{ "definitionId": "say", "name": "Say", "root": { "id": "w", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } } }""";

    // Wednesday evening; the schedule is due at 3 in the night.
    private static readonly DateTimeOffset evening = new(2026, 11, 25, 20, 0, 0, TimeSpan.Zero), night = new(2026, 11, 26, 3, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder folder = new();
    private readonly HandClock clock = new(evening);
    private readonly RunHome home;
    private readonly RunLedger ledger;
    private readonly HandQueue queue;
    private readonly ScheduleBook book;
    private readonly string definition;

    public ScheduledRunsTests()
    {
        home = new RunHome(folder["runs"]);
        ledger = home.OpenLedger();
        queue = new HandQueue(home, ledger, clock);
        book = home.SchedulesIn(ledger);
        definition = folder.Write("say.json", Greeting);
    }

    private IReadOnlyList<ScheduleFireRow> History => book.History(Name, 100);

    private ScheduleFireRow Last => History[0];

    [Fact]
    public void Schedule_runs_when_it_is_due_and_its_history_tells_the_end()
    {
        Add();
        var server = Server();
        server.Look();
        Assert.Empty(History);
        PassTo(night.AddSeconds(2), server);

        Assert.Equal(FireState.Running, Last.State);
        Assert.Null(Last.StartedAt);
        queue.Begin();
        server.Look();
        Assert.Equal(night.AddSeconds(2), Last.StartedAt);
        queue.Finish();
        server.Look();

        Assert.Equal((FireState.Done, FireCause.Cron, 0, night), (Last.State, Last.Cause, Last.Missed, Last.DueAt));
        Assert.Equal("Finished", ledger.RunIn(home.Root + "/" + Last.Run)!.SubStatus);
        Assert.Equal(night.AddDays(1), book.Get(Name).DueAt);
    }

    [Fact]
    public void Server_that_was_down_for_a_week_runs_once_for_all_nights()
    {
        Add();
        Server().Look();
        clock.Pass(TimeSpan.FromDays(7));
        var server = Server();
        server.Look();
        server.Look();

        Assert.Equal((FireState.Running, 7, night.AddDays(6)), (Assert.Single(History).State, Last.Missed, Last.DueAt));
        Assert.Equal(night.AddDays(7), book.Get(Name).DueAt);
    }

    [Fact]
    public void Server_that_was_down_for_a_week_tells_what_was_missed_when_misses_are_given_up()
    {
        Add(misfire: MisfirePolicy.Skip);
        clock.Pass(TimeSpan.FromDays(7));
        Server().Look();

        Assert.Equal((FireState.Missed, 7, (string?)null), (Assert.Single(History).State, Last.Missed, Last.Run));
        Assert.Empty(queue.Entered);
    }

    [Fact]
    public void Clock_that_jumps_forward_makes_a_miss_and_one_that_jumps_back_no_second_run()
    {
        Add();
        var server = Server();
        clock.Jump(TimeSpan.FromHours(10));
        server.Look();
        Assert.Equal((FireState.Running, 1), (Assert.Single(History).State, Last.Missed));
        queue.Begin();
        queue.Finish();

        clock.Jump(-TimeSpan.FromHours(10));
        server.Look();
        PassTo(night.AddMinutes(1), server);
        Assert.Single(History);
        PassTo(night.AddDays(1).AddSeconds(1), server);
        Assert.Equal(2, History.Count);
    }

    [Fact]
    public void On_the_night_on_which_clocks_go_back_it_runs_once()
    {
        clock.Jump(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero) - evening);
        Add("30 2 * * *", "Europe/Berlin");
        var server = Server();
        for (var quarter = 0; quarter < 4 * 24; quarter++) PassTo(clock.GetUtcNow().AddMinutes(15), server, finish: true);
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), Assert.Single(History).DueAt);
    }

    [Fact]
    public void On_the_night_on_which_clocks_go_forward_it_runs_once()
    {
        clock.Jump(new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero) - evening);
        Add("30 2 * * *", "Europe/Berlin");
        var server = Server();
        for (var quarter = 0; quarter < 4 * 24; quarter++) PassTo(clock.GetUtcNow().AddMinutes(15), server, finish: true);
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), Assert.Single(History).DueAt);
    }

    [Fact]
    public void Fire_is_skipped_while_the_last_run_is_at_work()
    {
        Add();
        var server = Server();
        PassTo(night, server);
        queue.Begin();
        PassTo(night.AddDays(1), server);

        Assert.Equal(FireState.Skipped, Last.State);
        Assert.Contains(Assert.Single(queue.Entered).Id, Last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_fire_waits_for_the_last_run_where_they_queue_and_a_second_one_would_find_nothing_new()
    {
        Add(overlap: OverlapPolicy.Queue);
        var server = Server();
        PassTo(night, server);
        queue.Begin();
        PassTo(night.AddDays(1), server);
        PassTo(night.AddDays(2), server);
        Assert.Equal([FireState.Skipped, FireState.Waiting, FireState.Running], History.Select(fire => fire.State));

        queue.Finish();
        server.Look();
        Assert.Equal([FireState.Skipped, FireState.Running, FireState.Done], History.Select(fire => fire.State));
        Assert.Equal(2, queue.Entered.Count);
    }

    [Fact]
    public void Run_that_takes_longer_than_it_may_is_stopped_but_not_for_a_clock_that_jumps()
    {
        Add(limitSeconds: 3600);
        var server = Server();
        PassTo(night, server);
        // In the queue of the server no time counts.
        PassTo(night.AddHours(2), server);
        queue.Begin();
        server.Look();
        clock.Jump(TimeSpan.FromHours(3));
        server.Look();
        Assert.Equal(FireState.Running, Last.State);
        clock.Pass(TimeSpan.FromMinutes(61));
        server.Look();

        Assert.Equal(FireState.TimedOut, Last.State);
        Assert.Contains("1h", Last.Message, StringComparison.Ordinal);
        Assert.Equal(Last.Run, Assert.Single(queue.Stopped).Id);
    }

    [Fact]
    public void Paused_schedule_does_not_run_and_makes_up_for_nothing()
    {
        Add();
        var server = Server();
        book.Pause(Name);
        PassTo(night.AddDays(3), server);
        book.Resume(Name, CronTimes.Read("0 3 * * *", "UTC").After(clock.GetUtcNow()));
        server.Look();
        Assert.Empty(History);
        PassTo(night.AddDays(4), server);
        Assert.Equal((FireState.Running, 0), (Last.State, Last.Missed));
    }

    [Fact]
    public void Run_that_is_asked_for_starts_at_the_next_look_and_changes_nothing_of_when_it_is_due()
    {
        Add();
        book.RunNow(Name, clock.GetUtcNow());
        Server().Look();
        Assert.Equal((FireState.Running, FireCause.RunNow), (Last.State, Last.Cause));
        Assert.Equal(night, book.Get(Name).DueAt);
    }

    [Fact]
    public void What_cannot_be_started_is_told_and_the_schedule_goes_on()
    {
        Add();
        var server = Server();
        File.Delete(definition);
        PassTo(night, server);
        Assert.Equal(FireState.Failed, Last.State);
        Assert.Contains("say.json", Last.Message, StringComparison.Ordinal);
        File.WriteAllText(definition, Greeting);
        PassTo(night.AddDays(1), server);
        Assert.Equal(FireState.Running, Last.State);
    }

    [Fact]
    public void Fire_whose_server_was_killed_before_its_run_was_entered_is_started_by_the_next()
    {
        Add();
        var fire = book.RunNow(Name, clock.GetUtcNow());
        Assert.True(book.Begin(fire.Id));
        Assert.False(book.Begin(fire.Id));
        Server().Look();
        Assert.Equal(Assert.Single(queue.Entered).Id, Assert.Single(History).Run);
    }

    [Fact]
    public void Folder_that_changes_makes_one_run_when_it_has_come_to_rest()
    {
        var maps = Directory.CreateDirectory(folder["maps"]).FullName;
        File.WriteAllBytes(Path.Combine(maps, "a.fits"), new byte[2880]);
        AddWatch(maps);
        var server = Server();
        server.Look();
        Wait(server, 60);
        Assert.Empty(History);

        // One file after the other, each within the rest of the last.
        for (var file = 0; file < 4; file++)
        {
            File.WriteAllBytes(Path.Combine(maps, $"new{file}.fits"), new byte[2880]);
            Wait(server, 20);
        }
        File.WriteAllBytes(Path.Combine(maps, "more.fits.part"), new byte[7]);
        Assert.Empty(History);
        Wait(server, 12);
        Assert.Equal((FireState.Running, FireCause.Watch), (Assert.Single(History).State, Last.Cause));
        queue.Begin();
        queue.Finish();
        Wait(server, 120);
        Assert.Single(History);

        // Also what changed while no server was there, and what goes.
        File.Delete(Path.Combine(maps, "a.fits"));
        var next = Server();
        next.Look();
        Wait(next, 40);
        Assert.Equal(2, History.Count);
    }

    [Theory]
    [InlineData("half.fits")]
    [InlineData("half.fits.gz")]
    public void File_without_its_end_is_waited_for_but_not_for_ever(string name)
    {
        var maps = Directory.CreateDirectory(folder["maps"]).FullName;
        AddWatch(maps);
        var server = Server();
        var whole = Packed(new byte[4 * 2880]);
        var (half, full) = name.EndsWith(".gz", StringComparison.Ordinal) ? (whole[..^9], whole) : (new byte[4000], new byte[5760]);
        File.WriteAllBytes(Path.Combine(maps, name), half);
        server.Look();
        Wait(server, 300);
        Assert.Empty(History);
        File.WriteAllBytes(Path.Combine(maps, name), full);
        server.Look();
        Wait(server, 35);
        Assert.Equal(FireState.Running, Assert.Single(History).State);
        queue.Begin();
        queue.Finish();

        File.WriteAllBytes(Path.Combine(maps, $"broken-{name}"), half);
        server.Look();
        Wait(server, 500);
        Assert.Single(History);
        Wait(server, 120);
        Assert.Equal(2, History.Count);
    }

    [Fact]
    public void Change_while_the_last_run_is_at_work_is_taken_when_it_has_ended()
    {
        var maps = Directory.CreateDirectory(folder["maps"]).FullName;
        AddWatch(maps);
        var server = Server();
        book.RunNow(Name, clock.GetUtcNow());
        server.Look();
        queue.Begin();
        File.WriteAllBytes(Path.Combine(maps, "new.fits"), new byte[2880]);
        Wait(server, 100);
        Assert.Single(History);
        queue.Finish();
        server.Look();
        Wait(server, 40);
        Assert.Equal([FireState.Running, FireState.Done], History.Select(fire => fire.State));
    }

    [Fact]
    public void Two_servers_make_one_run_of_one_fire()
    {
        Add();
        clock.Pass(night - evening);
        var row = book.Get(Name);
        bool Take() => book.Take(row, night.AddDays(1), FireCause.Cron, night, night, 0, FireState.Waiting, null);
        Assert.True(Take());
        Assert.False(Take());
        Assert.Single(History);
    }

    [Fact]
    public void Folders_that_share_a_database_do_not_see_the_schedules_of_each_other()
    {
        Add();
        Assert.Empty(home.At(folder["elsewhere"]).SchedulesIn(ledger).All);
    }

    public void Dispose()
    {
        ledger.Dispose();
        folder.Dispose();
    }

    private ScheduledRuns Server() => new(home, ledger, queue, clock);

    private void Add(string cron = "0 3 * * *", string zone = "UTC", OverlapPolicy overlap = OverlapPolicy.Skip, MisfirePolicy misfire = MisfirePolicy.Run, double? limitSeconds = null) => book.Add(new ScheduleRow
    {
        Home = home.Root, Name = Name, Cron = cron, TimeZone = zone, Definition = definition, Inputs = "{}", Seed = "1", Overlap = overlap, Misfire = misfire, TimeLimitSeconds = limitSeconds, Notify = "[]",
        DueAt = CronTimes.Parse(cron, zone, clock.GetUtcNow()).After(clock.GetUtcNow()), CreatedAt = clock.GetUtcNow(),
    });

    private void AddWatch(string maps) => book.Add(new ScheduleRow
    {
        Home = home.Root, Name = Name, Watch = maps, Seen = new WatchedFolder(maps).Fingerprint(), TimeZone = "UTC", Definition = definition, Inputs = "{}", Seed = "1", Overlap = OverlapPolicy.Skip, Misfire = MisfirePolicy.Run,
        Notify = "[]", CreatedAt = clock.GetUtcNow(),
    });

    // Time passes in steps in which a server looks.
    private void Wait(ScheduledRuns server, int seconds)
    {
        for (var step = 0; step < seconds / 2; step++)
        {
            clock.Pass(TimeSpan.FromSeconds(2));
            server.Look();
        }
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var archive = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest)) archive.Write(content);
        return packed.ToArray();
    }

    private void PassTo(DateTimeOffset time, ScheduledRuns server, bool finish = false)
    {
        clock.Pass(time - clock.GetUtcNow());
        server.Look();
        if (!finish || queue.Entered.All(run => !queue.IsActive(run))) return;
        queue.Begin();
        queue.Finish();
        server.Look();
    }

    /// <summary>Carries out runs when the test says so.</summary>
    private sealed class HandQueue(RunHome home, RunLedger ledger, TimeProvider time) : IRunQueue
    {
        private readonly HashSet<string> active = [], atWork = [];

        public List<RunFolder> Entered { get; } = [];

        public List<RunFolder> Stopped { get; } = [];

        public RunFolder Enter(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed)
        {
            var (entered, _) = new SurveyLauncher(home, time).Enter(definition, inputs, seed);
            Entered.Add(entered);
            active.Add(entered.Path);
            return entered;
        }

        public bool IsActive(RunFolder folder) => active.Contains(folder.Path);

        public bool IsAtWork(RunFolder folder) => atWork.Contains(folder.Path);

        public void Stop(RunFolder folder)
        {
            Stopped.Add(folder);
            active.Remove(folder.Path);
            atWork.Remove(folder.Path);
            ledger.Cancel(ledger.RunIn(folder.Path)!.Id, time.GetUtcNow());
        }

        /// <summary>The run that was entered last begins to work.</summary>
        public void Begin() => atWork.Add(Entered[^1].Path);

        /// <summary>Whatever is at work comes to its end.</summary>
        public void Finish()
        {
            foreach (var run in Entered.Where(IsAtWork))
            {
                new SurveyLauncher(home, time, folder => new RunWatch(folder, time)).Resume(run, TestContext.Current.CancellationToken);
                active.Remove(run.Path);
            }
            atWork.Clear();
        }
    }
}
