namespace ClusterSurvey.Physics.Spectra;

/// <summary>The difference of two masked Gaussian blurs, over epsilon: <c>[(G1*IM)/(G1*M) - (G2*IM)/(G2*M)]/epsilon</c>.</summary>
internal sealed class DifferenceFilter : ScaleFilter
{
    private readonly (double[] Along, double[] Across) narrow, wide;
    private readonly double[] narrowInverse, wideInverse;

    public DifferenceFilter((double[] Along, double[] Across) narrow, (double[] Along, double[] Across) wide, double epsilon, bool[] mask, int width, int height)
    {
        (this.narrow, this.wide) = (narrow, wide);
        narrowInverse = Inverse(narrow, epsilon, mask, width, height);
        wideInverse = Inverse(wide, epsilon, mask, width, height);
    }

    public override void Apply(double[] image, double[] response, double[] first, double[] second, int width, int height)
    {
        Blur(narrow.Across, image, narrow.Along, response, first, width, height, width, height);
        Blur(wide.Across, image, wide.Along, second, first, width, height, width, height);
        for (var i = 0; i < response.Length; i++) response[i] = response[i] * narrowInverse[i] - second[i] * wideInverse[i];
    }

    public override double[] ExpectedSquare(double[] variance, int width, int height) =>
        throw new InvalidOperationException("the expected noise power is known in the limit of small epsilon only");

    private static double[] Inverse((double[] Along, double[] Across) kernel, double epsilon, bool[] mask, int width, int height)
    {
        var blurred = new double[mask.Length];
        Blur(kernel.Across, Numbers(mask), kernel.Along, blurred, new double[mask.Length], width, height, width, height);
        for (var i = 0; i < mask.Length; i++) blurred[i] = mask[i] ? 1 / (epsilon * blurred[i]) : 0;
        return blurred;
    }
}
