using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Activities.Tables;

[Table("recovery", 2, "one parameter of one simulated survey, recovered in one region")]
public sealed record RecoveryRow
{
    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("analysis", "", "step: simulations as likelihoods learn from; whole: mock observations, to each of which a mean model was fitted", Since = 2)]
    public string Analysis { get; init; } = SimulateSpectra.OneStep;

    [Column("survey", "1", "number of the simulated survey, from 0")]
    public required int Survey { get; init; }

    [Column("parameter", "", "log10_sigma, log10_injection_scale or slope")]
    public required string Parameter { get; init; }

    [Column("truth", "that of the parameter", "the value with which every cluster was simulated")]
    public required double Truth { get; init; }

    [Column("mean", "that of the parameter", "mean of the joint posterior")]
    public required double Mean { get; init; }

    [Column("std", "that of the parameter", "standard deviation of the joint posterior")]
    public required double StandardDeviation { get; init; }

    [Column("rank", "1", "share of the draws of the joint posterior below the truth; uniform from 0 to 1 if posteriors are right")]
    public required double Rank { get; init; }

    [Column("credibility", "1", "credibility of the highest density region, in all parameters together, that ends at the truth; uniform from 0 to 1 if posteriors are right")]
    public required double Credibility { get; init; }

    internal static IEnumerable<RecoveryRow> Of(string region, string analysis, JointRecovery recovery) => recovery.Cases.SelectMany((one, survey) => recovery.Names.Select((name, i) => new RecoveryRow
    {
        Region = region, Analysis = analysis, Survey = survey, Parameter = name, Truth = one.Truth[i], Mean = one.Mean[i], StandardDeviation = one.StandardDeviation[i], Rank = one.Ranks[i], Credibility = one.Credibility,
    }));
}
