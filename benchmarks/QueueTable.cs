using System.Globalization;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Benchmarks;

/// <summary>What surveys of several sizes take on several numbers of nodes.</summary>
internal static class QueueTable
{
    /// <summary>Simulates and prints them.</summary>
    /// <param name="words">Options with their values: <c>--clusters</c>, <c>--nodes</c> (numbers with commas between), <c>--seed</c>, and the costs.</param>
    /// <returns>The exit code: 2 when an option is not understood.</returns>
    public static int Print(string[] words)
    {
        try
        {
            if (words.Length % 2 != 0) throw new ArgumentException($"{words[^1]}: an option without a value");
            var options = words.Chunk(2).Select(pair => (Name: pair[0], Value: pair[1])).ToArray();
            string Given(string name, string otherwise) => options.LastOrDefault(option => option.Name == name).Value ?? otherwise;
            var costs = new QueueCosts().With(options.Where(option => option.Name is not ("--clusters" or "--nodes" or "--seed")));
            int[] clusters = Counts("--clusters", Given("--clusters", "12,118,1000")), nodes = Counts("--nodes", Given("--nodes", "1,10,100"));
            var seed = new Seed((ulong)Counts("--seed", Given("--seed", "1"))[0]);
            if (costs.Slots < 1) throw new ArgumentException("--slots: a node has at least one");
            Console.WriteLine($"{"clusters",9}{"nodes",7}{"wall, s",10}{"clusters, s",13}{"last steps, s",15}{"slots busy",12}{"database",10}{"folder",8}{"connections",13}  beyond its limit");
            foreach (var count in clusters)
                foreach (var many in nodes) Console.WriteLine(Line(count, many, new QueueSimulation(costs).Run(seed, count, many), costs));
            return 0;
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine($"queue: {wrong.Message}");
            return 2;
        }
    }

    private static string Line(int clusters, int nodes, QueueOutcome outcome, QueueCosts costs)
    {
        (string Name, bool IsBeyond)[] limits =
        [
            ("connections", outcome.Connections > costs.MostConnections), ("database", outcome.Database > 1), ("folder", outcome.Folder > 0.9),
            ("last steps", outcome.Last > outcome.Clusters),
        ];
        return string.Create(CultureInfo.InvariantCulture,
            $"{clusters,9}{nodes,7}{outcome.Wall,10:f0}{outcome.Clusters,13:f0}{outcome.Last,15:f0}{outcome.Busy,12:p0}{outcome.Database,10:p1}{outcome.Folder,8:p0}{outcome.Connections,13:f0}  {string.Join(", ", limits.Where(limit => limit.IsBeyond).Select(limit => limit.Name))}");
    }

    private static int[] Counts(string name, string text)
        => [.. text.Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : throw new ArgumentException($"{name} {text}: no whole numbers above zero"))];
}
