using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Activities.Survey;

/// <summary>
/// The picture of a cluster's fluctuations: (C - C0) over the cluster's own expected counts, both blurred by a Gaussian so that
/// noise does not hide what the eye looks for. A picture only: spectra are measured on the map without blur.
/// </summary>
internal static class FluctuationMap
{
    private const double BlurPixels = 1.5;
    private const int Reach = 5;

    public static double[] Of(MapSet maps, double[] expected, double skyBackground)
    {
        double[] residual = new double[expected.Length], cluster = new double[expected.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            if (!maps.Mask[i]) continue;
            residual[i] = maps.Counts[i] - expected[i];
            cluster[i] = expected[i] - maps.Background[i] - skyBackground * maps.Exposure[i];
        }
        residual = Blur(residual, maps.Width, maps.Height);
        cluster = Blur(cluster, maps.Width, maps.Height);
        for (var i = 0; i < residual.Length; i++) residual[i] = maps.Mask[i] && cluster[i] > 0 ? residual[i] / cluster[i] : 0;
        return residual;
    }

    private static double[] Blur(double[] map, int width, int height)
    {
        var kernel = Enumerable.Range(-Reach, 2 * Reach + 1).Select(d => Math.Exp(-0.5 * d * d / (BlurPixels * BlurPixels))).ToArray();
        double[] along = new double[map.Length], both = new double[map.Length];
        for (var i = 0; i < map.Length; i++)
            for (var d = -Reach; d <= Reach; d++)
                if (i % width + d >= 0 && i % width + d < width) along[i] += kernel[d + Reach] * map[i + d];
        for (var i = 0; i < map.Length; i++)
            for (var d = -Reach; d <= Reach; d++)
                if (i / width + d >= 0 && i / width + d < height) both[i] += kernel[d + Reach] * along[i + d * width];
        return both;
    }
}
