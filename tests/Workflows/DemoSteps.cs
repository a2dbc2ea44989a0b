using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows.Tests;

/// <summary>The map of the demonstration steps: a handle, as real steps would pass one.</summary>
public sealed record ClusterMap(string Cluster, double Redshift, int Size);

[Step("Survey data", "Load cluster", "Stands in for the demonstration step of the conformance definitions.", Cached = false)]
public sealed class LoadCluster : Step
{
    [Input("The cluster's name.")]
    public string Cluster { get; set; } = "A2319";

    [Input("Its redshift.", Min = 0, Max = 2)]
    public double Redshift { get; set; } = 0.0557;

    [Input("The instrument.", Choices = ["Pn", "Mos1", "Mos2"])]
    public string Instrument { get; set; } = "Pn";

    [Input("Pixels along a side.", Min = 8, Max = 32)]
    public int Size { get; set; } = 16;

    [Output("The map.")]
    public ClusterMap? Map { get; private set; }

    [Output("All counts.")]
    public double TotalCounts { get; private set; }

    public override string Run(StepContext context)
    {
        Map = new ClusterMap(Cluster, Redshift, Size);
        TotalCounts = 100.5 * Size;
        return Done;
    }
}

[Step("Survey spectra", "Measure spectrum", "Stands in for the demonstration step of the conformance definitions.", Outcomes = ["Done", "Low signal"], Cached = false)]
public sealed class MeasureSpectrum : Step
{
    [Input("The map.")]
    public ClusterMap? Map { get; set; }

    [Input("Bins.", Min = 1, Max = 64)]
    public int Bins { get; set; } = 4;

    [Input("Whether the mean profile is taken away.")]
    public bool SubtractProfile { get; set; } = true;

    [Input("More settings.")]
    public Dictionary<string, double>? Settings { get; set; }

    [Output("The spectrum.")]
    public double[] Spectrum { get; private set; } = [];

    [Output("Its amplitude.")]
    public double Amplitude { get; private set; }

    public override string Run(StepContext context)
    {
        if (Map is null) throw new BadInputException("Survey.MeasureSpectrum.Map", "no map", "a map", "connect a step that loads one");
        Spectrum = [.. Enumerable.Range(1, Bins).Select(bin => (double)Map.Size / bin)];
        Amplitude = Map.Cluster.Length + (Settings?.GetValueOrDefault("scale") ?? 0);
        return Done;
    }
}

[Step("Survey reports", "Write report", "Stands in for the demonstration step of the conformance definitions.", Cached = false)]
public sealed class WriteReport : Step
{
    [Input("The title.")]
    public string Title { get; set; } = "Report";

    [Input("Notes.")]
    public string Notes { get; set; } = "";

    [Input("An amplitude.")]
    public double Amplitude { get; set; }

    [Input("A spectrum.")]
    public double[]? Spectrum { get; set; }

    [Output("The text.")]
    public string Text { get; private set; } = "";

    public override string Run(StepContext context)
    {
        Text = $"{Title} | A={Amplitude.ToString("F6", System.Globalization.CultureInfo.InvariantCulture)} | {Spectrum?.Length ?? 0} bins | {Notes}";
        return Done;
    }
}

/// <summary>Adds up; counts how often it ran; fails for the names that the test lists.</summary>
[Step("Test", "Work", "A step whose runs are counted.")]
public sealed class Work : Step
{
    private static readonly ConcurrentDictionary<string, int> runs = new();
    private static readonly ConcurrentDictionary<string, int> threads = new();
    private static readonly ConcurrentDictionary<string, bool> failing = new();
    private static readonly ConcurrentDictionary<string, Action<string>> beginning = new();
    private static readonly ConcurrentDictionary<string, Action<string>> ending = new();

    [Input("What the work is called.")]
    public required string Name { get; set; }

    [Input("A number.")]
    public double Number { get; set; }

    [Output("The number and the length of the name.")]
    public double Sum { get; private set; }

    /// <summary>Calls back when work whose name begins so begins.</summary>
    public static void OnBegin(string prefix, Action<string> callback) => beginning[prefix] = callback;

    /// <summary>Calls back when work whose name begins so has been done.</summary>
    public static void OnEnd(string prefix, Action<string> callback) => ending[prefix] = callback;

    public static int Runs(string name) => runs.GetValueOrDefault(name);

    /// <summary>How many threads the work was given.</summary>
    public static int Threads(string name) => threads.GetValueOrDefault(name);

    public static void Fail(string name, bool fails) => failing[name] = fails;

    public override string Run(StepContext context)
    {
        threads[Name] = context.Threads;
        Call(beginning);
        context.Cancellation.ThrowIfCancellationRequested();
        if (failing.GetValueOrDefault(Name)) throw new BadInputException($"{Name}/expo.fits", "no exposure", "an exposure map", "name the exposure map in the sample");
        runs.AddOrUpdate(Name, 1, (_, count) => count + 1);
        context.Progress?.Report(new StepProgress(0.5, "adding"));
        Sum = Number + Name.Length;
        Call(ending);
        return Done;
    }

    private void Call(ConcurrentDictionary<string, Action<string>> callbacks)
    {
        foreach (var (prefix, callback) in callbacks)
            if (Name.StartsWith(prefix, StringComparison.Ordinal)) callback(Name);
    }
}

/// <summary>Waits until so many of its runs are under way at the same time.</summary>
[Step("Test", "Meet", "A step that only ends when several of it run together.", Cached = false)]
public sealed class Meet : Step
{
    private static readonly ConcurrentDictionary<string, CountdownEvent> places = new();
    private static readonly ConcurrentDictionary<string, int> threads = new();

    [Input("Where to meet.")]
    public required string Place { get; set; }

    [Input("How many must be there.")]
    public int Count { get; set; } = 2;

    [Output("Whether all came.")]
    public bool Met { get; private set; }

    /// <summary>The most threads that one of those who met was given.</summary>
    public static int MostThreads(string place) => threads.GetValueOrDefault(place);

    public override string Run(StepContext context)
    {
        threads.AddOrUpdate(Place, context.Threads, (_, most) => Math.Max(most, context.Threads));
        var place = places.GetOrAdd(Place, _ => new CountdownEvent(Count));
        if (!place.IsSet) place.Signal();
        Met = place.Wait(TimeSpan.FromSeconds(20), context.Cancellation);
        return Met ? Done : throw new TimeoutException("nobody came");
    }
}

/// <summary>Fails as the test says, a number of times, before it does its work; or works until it is stopped.</summary>
[Step("Test", "Stumble", "A step that fails as it is told.", Attempts = 3, BackoffSeconds = 2, Cached = false)]
public sealed class Stumble : Step
{
    private static readonly ConcurrentDictionary<string, int> tries = new();

    [Input("What the work is called.")]
    public required string Name { get; set; }

    [Input("How it fails.", Choices = ["io", "missing", "full", "input", "defect", "endless"])]
    public string How { get; set; } = "io";

    [Input("How often.")]
    public int Times { get; set; } = 1;

    public static int Tries(string name) => tries.GetValueOrDefault(name);

    public override string Run(StepContext context)
    {
        if (tries.AddOrUpdate(Name, 1, (_, count) => count + 1) > Times) return Done;
        throw How switch
        {
            "missing" => new FileNotFoundException("no such file"),
            "full" => new IOException("No space left on device", 28),
            "input" => new BadInputException("map", "nothing", "something", "give it"),
            "defect" => new InvalidOperationException("broken"),
            "endless" => Endless(context.Cancellation),
            _ => new IOException("the network is gone"),
        };
    }

    private static OperationCanceledException Endless(CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne();
        return new OperationCanceledException(cancellation);
    }
}

/// <summary>Adds to each of some numbers; counts how often it did for which, and fails for the part that the test names.</summary>
[Step("Test", "Add by part", "A step in parts whose work is counted.")]
public sealed class AddByPart : PartwiseStep
{
    private static readonly ConcurrentDictionary<string, int> runs = new();

    [Input("Numbers by part.", ByPart = true)]
    public required IReadOnlyDictionary<string, double> Numbers { get; set; }

    [Input("What is added to each.")]
    public double More { get; set; }

    [Input("The part that fails.")]
    public string Failing { get; set; } = "";

    [Output("The sums by part.", ByPart = true)]
    public IReadOnlyDictionary<string, double>? Sums { get; private set; }

    [Output("How many parts there are.")]
    public int Count { get; private set; }

    public static int Runs(string part) => runs.GetValueOrDefault(part);

    public override IReadOnlyList<StepPart> Parts(ArtifactStore store)
        => [.. Numbers.OrderBy(number => number.Key, StringComparer.Ordinal).Select(number => new StepPart(number.Key, new JsonObject { ["Number"] = number.Value }))];

    public override string Run(StepContext context)
    {
        context.Parts.ComputeMissing(part =>
        {
            if (part == Failing) throw new BadInputException(part, "a part that fails", "another", "name no part");
            runs.AddOrUpdate(part, 1, (_, count) => count + 1);
            context.Parts.Keep(part, (nameof(Sums), Numbers[part] + More));
        });
        (Sums, Count) = (context.Parts.All<double>(nameof(Sums)), Numbers.Count);
        return Done;
    }
}
