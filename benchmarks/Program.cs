using ClusterSurvey.Benchmarks;

// Not a comparison but a prediction: what a survey takes on many nodes.
if (args is ["queue", ..]) return QueueTable.Print(args[1..]);

// Each line measures a baseline and ours in this same process, one after the other, and repeats: the ratio is what to trust. Words choose the lines that hold one of them.
Comparison.Header();
var all = FlowComparisons.All().Concat(PosteriorComparisons.All()).Concat(SimulationComparisons.All()).Concat(FilterComparisons.All());
foreach (var comparison in all.Where(comparison => args.Length == 0 || args.Any(word => comparison.What.Contains(word, StringComparison.Ordinal)))) comparison.Run();
return 0;
