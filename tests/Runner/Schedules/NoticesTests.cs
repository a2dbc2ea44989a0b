using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules.Notification;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>Who is told the end of a run, by sinks on loopback.</summary>
public sealed class NoticesTests : IDisposable
{
    private const string Secret = "open-sesame", Variables = "CLUSTERSURVEY_SMTP_";

    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset night = new(2026, 11, 26, 3, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder folder = new();
    private readonly HandClock clock = new(night);
    private readonly RunHome home;
    private readonly RunLedger ledger;
    private readonly ScheduleBook book;

    public NoticesTests()
    {
        home = new RunHome(folder["runs"]);
        ledger = home.OpenLedger();
        book = home.SchedulesIn(ledger);
    }

    [Fact]
    public async Task Web_address_is_told_once_with_its_secret_from_a_file()
    {
        using var sink = new WebSink();
        Ended(FireState.Failed, "Load maps: no such file", $"{sink.Address}hook?token={{file:{folder.Write("token", Secret + "\n")}}}");
        await Send();
        await Send();

        var (path, body) = Assert.Single(sink.Received);
        Assert.Equal($"/hook?token={Secret}", path);
        var told = JsonNode.Parse(body)!;
        Assert.Equal(("nightly", "failed", "Load maps: no such file"), (told["schedule"]!.GetValue<string>(), told["outcome"]!.GetValue<string>(), told["message"]!.GetValue<string>()));
        Assert.Null(Last.NoticeProblem);
        AssertSecretIsNowhere();
    }

    [Fact]
    public async Task Address_that_does_not_take_it_is_tried_again_later_and_then_given_up_without_its_secret_being_told()
    {
        using var sink = new WebSink { Status = 500 };
        Ended(FireState.Done, null, $"{sink.Address}?token={{file:{folder.Write("token", Secret)}}}");
        await Send();
        await Send();
        Assert.Single(sink.Received);
        foreach (var wait in (double[])[2, 10, 100])
        {
            clock.Pass(TimeSpan.FromMinutes(wait));
            await Send();
        }
        Assert.Equal(3, sink.Received.Count);
        Assert.Contains("it answered 500", Last.NoticeProblem, StringComparison.Ordinal);
        Assert.Empty(book.ToBeTold);
        AssertSecretIsNowhere();
    }

    [Fact]
    public async Task Only_who_was_not_told_is_tried_again()
    {
        using var good = new WebSink();
        using var bad = new WebSink { Status = 503 };
        Ended(FireState.Done, null, good.Address, bad.Address);
        await Send();
        bad.Status = 200;
        clock.Pass(TimeSpan.FromMinutes(2));
        await Send();
        Assert.Equal((1, 2), (good.Received.Count, bad.Received.Count));
        Assert.Null(Last.NoticeProblem);
    }

    [Fact]
    public async Task Letter_tells_outcome_and_what_changed()
    {
        using var sink = new MailSink();
        using var host = new Variable("HOST", "127.0.0.1");
        using var port = new Variable("PORT", sink.Port.ToString(CultureInfo.InvariantCulture));
        using var from = new Variable("FROM", "survey@example.org");
        using var security = new Variable("SECURITY", "none");
        var fire = Begun("mailto:ada@example.org");
        book.SetChanges(fire.Id, "before", "new: A3158");
        book.End(fire, FireState.Done, null, clock.GetUtcNow());
        await Send();

        var letter = Assert.Single(sink.Letters);
        Assert.Contains("To: ada@example.org", letter, StringComparison.Ordinal);
        Assert.Contains("Subject: ClusterSurvey nightly: done", letter, StringComparison.Ordinal);
        Assert.Contains("What changed since before: new: A3158", letter, StringComparison.Ordinal);
        Assert.Null(Last.NoticeProblem);

        // A password never travels in the open.
        using var user = new Variable("USER", "survey");
        using var password = new Variable("PASSWORD_FILE", folder.Write("password", Secret));
        Ended(FireState.Done, null, "mailto:ada@example.org");
        await Send();
        Assert.Single(sink.Letters);
        Assert.Contains("starttls", Last.NoticeProblem, StringComparison.Ordinal);
        AssertSecretIsNowhere();
    }

    [Fact]
    public async Task What_is_missing_in_the_environment_is_named()
    {
        Ended(FireState.Done, null, "mailto:ada@example.org", "http://127.0.0.1:1/{env:NO_SUCH_VARIABLE_OF_OURS}");
        await Send();
        Assert.Contains("CLUSTERSURVEY_SMTP_HOST", Last.NoticeProblem, StringComparison.Ordinal);
        Assert.Contains("NO_SUCH_VARIABLE_OF_OURS", Last.NoticeProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org")]
    [InlineData("example.org")]
    [InlineData("mailto:")]
    [InlineData("https://me:open-sesame@example.org/")]
    public void What_is_no_address_or_holds_a_password_is_refused(string address)
        => Assert.DoesNotContain(Secret, Assert.Throws<BadInputException>(() => NoticeAddress.Check(address)).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        ledger.Dispose();
        folder.Dispose();
    }

    private ScheduleFireRow Last => book.History("nightly", 1)[0];

    private Task Send() => new Notices(home, ledger, clock).Send(cancellation);

    private void Ended(FireState state, string? message, params string[] addresses) => book.End(Begun(addresses), state, message, clock.GetUtcNow());

    private ScheduleFireRow Begun(params string[] addresses)
    {
        if (book.All.Count > 0) book.Remove("nightly");
        book.Add(new ScheduleRow
        {
            Home = home.Root, Name = "nightly", Cron = "0 3 * * *", TimeZone = "UTC", Definition = "say", Inputs = "{}", Seed = "1", Overlap = OverlapPolicy.Skip, Misfire = MisfirePolicy.Run,
            Notify = JsonSerializer.Serialize(addresses.Select(NoticeAddress.Check)), DueAt = night.AddDays(1), CreatedAt = night,
        });
        var fire = book.RunNow("nightly", clock.GetUtcNow());
        Assert.True(book.Begin(fire.Id));
        return fire;
    }

    private void AssertSecretIsNowhere() => Assert.All(
        Directory.EnumerateFiles(folder["runs"], "*", SearchOption.AllDirectories), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)) < 0, file));

    /// <summary>A variable of the environment while a test needs it; no other test reads those of mail.</summary>
    private sealed class Variable : IDisposable
    {
        private readonly string name;

        public Variable(string name, string value)
        {
            this.name = Variables + name;
            Environment.SetEnvironmentVariable(this.name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(name, null);
    }
}
