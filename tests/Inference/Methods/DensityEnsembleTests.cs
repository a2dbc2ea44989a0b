using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

public class DensityEnsembleTests
{
    [Fact]
    public void Scores_within_their_errors_give_equal_shares() =>
        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], DensityEnsemble.Shares([History(7.5), History(7.4), History(7.35)]), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void A_network_that_failed_to_train_has_no_say()
    {
        var shares = DensityEnsemble.Shares([History(7.5), History(-20), History(7.5)]);
        Assert.Equal(0.5, shares[0], 1e-12);
        Assert.InRange(shares[1], 0, 1e-12);
    }

    [Fact]
    public void Exact_scores_without_errors_do_not_divide_by_zero() =>
        Assert.Equal([0.5, 0.5], DensityEnsemble.Shares([History(1, 0), History(1, 0)]));

    private static TrainingHistory History(double score, double error = 0.1) => new([1], [1], 1, score, error, 900, 100);
}
