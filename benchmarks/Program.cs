using ClusterSurvey.Benchmarks;

// Each line measures a baseline and ours in this same process, one after the other, and repeats: the ratio is what to trust.
Comparison.Header();
foreach (var comparison in FlowComparisons.All().Concat(PosteriorComparisons.All()).Concat(SimulationComparisons.All()).Concat(FilterComparisons.All())) comparison.Run();
