using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class TrainingOptionsTests
{
    public static TheoryData<TrainingOptions> OutOfRange =>
    [
        new TrainingOptions { LearningRate = 0 },
        new TrainingOptions { LearningRate = double.NaN },
        new TrainingOptions { BatchSize = 0 },
        new TrainingOptions { ValidationFraction = 0.6 },
        new TrainingOptions { Patience = 0 },
        new TrainingOptions { MaxEpochs = 0 },
        new TrainingOptions { MaxGradientNorm = 0 },
        new TrainingOptions { WeightDecay = -1 },
        new TrainingOptions { WeightDecay = double.NaN },
        new TrainingOptions { WeightAveraging = 1 },
    ];

    [Theory, MemberData(nameof(OutOfRange))]
    public void A_value_out_of_range_is_refused(TrainingOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Validate);

    [Fact]
    public void Defaults_are_valid_and_follow_the_number_of_pairs()
    {
        var options = new TrainingOptions();
        options.Validate();
        Assert.Equal((50, 200, 200), (options.BatchSizeFor(900), options.BatchSizeFor(9000), options.BatchSizeFor(45_000)));
    }
}
