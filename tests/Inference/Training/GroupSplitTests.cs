using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class GroupSplitTests
{
    private const int Copies = 8;

    [Theory, InlineData(1), InlineData(4), InlineData(7)]
    public void No_group_is_divided_and_no_row_is_lost(int perGroup)
    {
        var groups = Enumerable.Range(0, 403).Select(row => 1000 - row / perGroup).ToArray();
        var split = GroupSplit.Draw(new Seed(1), Pairs(groups), 0.1);
        Assert.Equal(Enumerable.Range(0, 403), split.Training.Concat(split.Validation).Order());
        Assert.Empty(split.Training.Select(row => groups[row]).Intersect(split.ValidationGroups));
        Assert.Equal(split.Validation.Select(row => groups[row]), split.ValidationGroups);
        Assert.InRange(split.Validation.Length, 40, 40 + perGroup - 1);
    }

    [Fact]
    public void Rows_of_a_group_may_lie_apart()
    {
        var groups = Enumerable.Range(0, 100).Select(row => row % 25).ToArray();
        var split = GroupSplit.Draw(new Seed(1), Pairs(groups), 0.2);
        Assert.Equal(20, split.Validation.Length);
        Assert.Equal(5, split.ValidationGroups.Distinct().Count());
    }

    [Fact]
    public void One_group_stays_on_each_side_however_large()
    {
        var split = GroupSplit.Draw(new Seed(1), Pairs([.. Enumerable.Range(0, 60).Select(row => row / 30)]), 0.1);
        Assert.Equal((30, 30), (split.Training.Length, split.Validation.Length));
        var problem = Assert.Throws<ArgumentException>(() => GroupSplit.Draw(new Seed(1), Pairs(new int[60]), 0.1));
        Assert.Contains("60 pairs are one group", problem.Message, StringComparison.Ordinal);
    }

    // 40 independent pairs, each eight times: training can learn them by heart. Measured log scores: divided row by row,
    // validation promises 1.1 and new pairs get -908; divided group by group, -3.2 and -5.6.
    [Fact]
    public void Copies_of_the_same_pair_do_not_leak_into_validation()
    {
        var truth = new LinearGaussian();
        var fresh = truth.Simulate(new Seed(5), 2000);
        var (theta, x) = truth.Simulate(new Seed(2), 40);
        theta = [.. theta.Chunk(LinearGaussian.Parameters).SelectMany(row => Enumerable.Repeat(row, Copies).SelectMany(r => r))];
        x = [.. x.Chunk(LinearGaussian.Data).SelectMany(row => Enumerable.Repeat(row, Copies).SelectMany(r => r))];
        var (promisedByRows, keptByRows) = Scores(new InMemoryPairs(theta, x, LinearGaussian.Parameters, LinearGaussian.Data), fresh);
        var groups = Enumerable.Range(0, 40 * Copies).Select(row => row / Copies).ToArray();
        var (promisedByGroups, keptByGroups) = Scores(new InMemoryPairs(theta, x, LinearGaussian.Parameters, LinearGaussian.Data, groups), fresh);
        TestContext.Current.TestOutputHelper?.WriteLine($"rows: {promisedByRows:F2} promised, {keptByRows:F2} kept; groups: {promisedByGroups:F2} promised, {keptByGroups:F2} kept");
        Assert.True(promisedByRows > keptByRows + 100, $"by rows: {promisedByRows} promised, {keptByRows} kept");
        Assert.True(promisedByGroups < keptByGroups + 5, $"by groups: {promisedByGroups} promised, {keptByGroups} kept");
    }

    private static (double Promised, double Kept) Scores(InMemoryPairs pairs, (float[] Theta, float[] X) fresh)
    {
        var options = new EnsembleOptions { Networks = 1, Architecture = new FlowArchitecture { Transforms = 2, HiddenUnits = 32 }, Training = new TrainingOptions { WeightDecay = 0, MaxEpochs = 150 } };
        var model = NeuralLikelihood.Train(new Seed(3), pairs, options, cancellation: TestContext.Current.CancellationToken);
        var kept = new double[fresh.X.Length / LinearGaussian.Data];
        model.LogProb(Array.ConvertAll(fresh.Theta, v => (double)v), Array.ConvertAll(fresh.X, v => (double)v), kept);
        return (model.Description.Histories[0].ValidationLogProb, kept.Average());
    }

    private static InMemoryPairs Pairs(int[] groups) => new(new float[groups.Length], new float[groups.Length], 1, 1, groups);
}
