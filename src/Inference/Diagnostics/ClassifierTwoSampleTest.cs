using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// The classifier two-sample test, C2ST (Lopez-Paz and Oquab 2017), by the protocol of the SBI benchmark (Lueckmann et al.
/// 2021): both sets are standardised by the mean and standard deviation of the reference, and a perceptron with two
/// hidden layers of ten times the number of parameters is trained on four fifths and judged on the last, five times.
/// </summary>
public static class ClassifierTwoSampleTest
{
    /// <summary>Scores two sets of draws; of the larger one, the first draws are used.</summary>
    /// <param name="seed">Seed of the folds, the weights and the batches.</param>
    /// <param name="reference">Reference draws row by row.</param>
    /// <param name="other">Draws to judge row by row.</param>
    /// <param name="parameterCount">Number of parameters.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="progress">Told the fraction of the folds done.</param>
    /// <param name="cancellation">Looked at before every epoch of training.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, too few draws, a value that is not finite, or a constant column of the reference.</exception>
    public static TwoSampleScore Score(Seed seed, ReadOnlySpan<double> reference, ReadOnlySpan<double> other, int parameterCount, int folds = 5,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var count = CheckedCount(reference, other, parameterCount, folds);
        var rows = Standardise(reference, other, count, parameterCount);
        var order = Enumerable.Range(0, 2 * count).ToArray();
        seed.Derive("folds").Stream().Shuffle(order.AsSpan());
        var accuracies = new double[folds];
        var first = 0;
        for (var fold = 0; fold < folds; fold++)
        {
            var size = order.Length / folds + (fold < order.Length % folds ? 1 : 0);
            int[] train = [.. order[..first], .. order[(first + size)..]];
            accuracies[fold] = Accuracy(seed.Derive(fold), rows, count, parameterCount, train, order.AsSpan(first, size), cancellation);
            first += size;
            progress?.Report((fold + 1.0) / folds);
        }
        return new TwoSampleScore(accuracies.Average(), accuracies, count);
    }

    private static double Accuracy(Seed seed, float[] rows, int count, int d, int[] train, ReadOnlySpan<int> test, CancellationToken cancellation)
    {
        var classifier = new PerceptronClassifier(seed.Derive("weights"), d, 10 * d);
        classifier.Train(seed.Derive("batches"), rows, train, row => row >= count, cancellation);
        return (double)classifier.CountRight(rows, test, row => row >= count) / test.Length;
    }

    private static int CheckedCount(ReadOnlySpan<double> reference, ReadOnlySpan<double> other, int d, int folds)
    {
        if (d < 1 || reference.Length % d != 0 || other.Length % d != 0)
        {
            throw new ArgumentException($"sets of {reference.Length} and {other.Length} values are no rows of {d} parameters", nameof(d));
        }
        var count = Math.Min(reference.Length, other.Length) / d;
        if (folds < 2) throw new ArgumentOutOfRangeException(nameof(folds), folds, "cross-validation needs 2 folds or more");
        if (count < 2 * folds) throw new ArgumentException($"{count} draws of each set: {folds} folds need at least {2 * folds}", nameof(reference));
        foreach (var value in reference[..(count * d)]) if (!double.IsFinite(value)) throw new ArgumentException($"a reference value is {value}: all must be finite", nameof(reference));
        foreach (var value in other[..(count * d)]) if (!double.IsFinite(value)) throw new ArgumentException($"a value to judge is {value}: all must be finite", nameof(other));
        return count;
    }

    private static float[] Standardise(ReadOnlySpan<double> reference, ReadOnlySpan<double> other, int count, int d)
    {
        var rows = new float[2 * count * d];
        for (var j = 0; j < d; j++)
        {
            double mean = 0, square = 0;
            for (var i = 0; i < count; i++) mean += reference[i * d + j];
            mean /= count;
            for (var i = 0; i < count; i++) square += (reference[i * d + j] - mean) * (reference[i * d + j] - mean);
            var deviation = Math.Sqrt(square / (count - 1));
            if (deviation == 0) throw new ArgumentException($"column {j} of the reference is constant: leave it out", nameof(reference));
            for (var i = 0; i < count; i++)
            {
                rows[i * d + j] = (float)((reference[i * d + j] - mean) / deviation);
                rows[(count + i) * d + j] = (float)((other[i * d + j] - mean) / deviation);
            }
        }
        return rows;
    }
}
