namespace ClusterSurvey.Physics.Morphology;

/// <summary>The indicators of one image; null where there is no light to measure them.</summary>
internal readonly record struct MorphologyIndicators(double? CentroidShift, double? Concentration, double? Gini, double? Zernike)
{
    /// <summary>Measures an image.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="residual">Their brightness above the mean model.</param>
    /// <param name="noisePortions">How many times the Poisson noise of the expected counts is in the residual: its expectation is taken off.</param>
    public static MorphologyIndicators Of(MorphologyImage image, double[] residual, double noisePortions)
    {
        var light = Array.ConvertAll(image.Within, within => Light(image, residual, within));
        if (!(light[^1] > 0)) return default;
        return new MorphologyIndicators(light.All(inside => inside > 0) ? ScatterOfCentroids(image, residual, light, noisePortions) : null,
            Light(image, residual, image.Core) / light[^1], GiniOf(image, residual), Amplitudes(image, residual, light[^1], noisePortions));
    }

    private static double Light(MorphologyImage image, double[] residual, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < residual.Length; i++) sum += weights[i] * (image.Model[i] + residual[i]);
        return sum;
    }

    // w^2 = sum |c_a - mean c|^2 / (apertures - 1), c_a - mean c = sum over pixels of offset x residual x g_a, g_a = weight_a / light_a - their mean over a.
    private static double ScatterOfCentroids(MorphologyImage image, double[] residual, double[] light, double noisePortions)
    {
        var (apertures, square, noise) = (light.Length, 0.0, 0.0);
        var mean = new double[residual.Length];
        for (var i = 0; i < residual.Length; i++)
            for (var a = 0; a < apertures; a++) mean[i] += image.Within[a][i] / light[a] / apertures;
        for (var a = 0; a < apertures; a++)
        {
            var (x, y) = (0.0, 0.0);
            for (var i = 0; i < residual.Length; i++)
            {
                var g = image.Within[a][i] / light[a] - mean[i];
                x += image.OffsetX[i] * residual[i] * g;
                y += image.OffsetY[i] * residual[i] * g;
                noise += (image.OffsetX[i] * image.OffsetX[i] + image.OffsetY[i] * image.OffsetY[i]) * image.Variance[i] * g * g;
            }
            square += x * x + y * y;
        }
        return Math.Sqrt(Math.Max(0, square - noisePortions * noise) / (apertures - 1));
    }

    private static double? GiniOf(MorphologyImage image, double[] residual)
    {
        var values = Enumerable.Range(0, residual.Length).Where(i => image.IsWithinR500[i]).Select(i => image.Model[i] + residual[i]).ToArray();
        return values.Length >= 2 && values.Sum() > 0 ? GiniCoefficient.OfSorting(values) : null;
    }

    // C_Z = sum over modes of sqrt(A), A^2 = a^2 + b^2, with a and b the means over the disc of the image in units of its mean times the two modes of the pair.
    private static double Amplitudes(MorphologyImage image, double[] residual, double light, double noisePortions)
    {
        var sum = 0.0;
        foreach (var mode in image.Modes)
        {
            var (cosine, sine, noise) = (0.0, 0.0, 0.0);
            for (var i = 0; i < residual.Length; i++)
            {
                cosine += residual[i] * mode[i].Cosine;
                sine += residual[i] * mode[i].Sine;
                noise += (mode[i].Cosine * mode[i].Cosine + mode[i].Sine * mode[i].Sine) * image.Variance[i];
            }
            sum += Math.Pow(Math.Max(0, cosine * cosine + sine * sine - noisePortions * noise) / (light * light), 0.25);
        }
        return sum;
    }
}
