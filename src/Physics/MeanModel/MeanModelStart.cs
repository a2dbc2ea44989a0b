using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Where the search begins: centre and shape from the flux-weighted first and second moments of the map, background and density from the radial profile
/// compared with a grid of core radii, betas and steepenings.
/// </summary>
internal sealed class MeanModelStart
{
    private const int Rings = 24;
    private const double ApertureR500 = 0.5;

    private readonly SurfaceBrightnessModel model;
    private readonly MeanModelPriors priors;
    private readonly MapSet maps;

    public MeanModelStart(SurfaceBrightnessModel model, MeanModelPriors priors) => (this.model, this.priors, maps) = (model, priors, model.Maps);

    /// <summary>Starting points, the most promising first.</summary>
    /// <param name="wanted">How many.</param>
    public IReadOnlyList<MeanModelParameters> Candidates(int wanted)
    {
        var sky = OuterBrightness();
        var moments = Moments(sky);
        var rings = RadialSums(moments);
        var candidates = new List<(double Statistic, MeanModelParameters Parameters)>();
        foreach (var core in new[] { 0.03, 0.07, 0.15, 0.3 })
            foreach (var beta in new[] { 0.4, 0.6, 0.9 })
                foreach (var epsilon in new[] { 0.5, 2.5 })
                    candidates.Add(Amplitudes(moments, rings, core, beta, epsilon, sky));
        return [.. candidates.OrderBy(candidate => candidate.Statistic).Take(wanted).Select(candidate => candidate.Parameters)];
    }

    // Mean background-subtracted brightness of the outer fifth of the valid pixels.
    private double OuterBrightness()
    {
        var byRadius = Valid().OrderByDescending(DistanceSquared).ToArray();
        var outer = byRadius.AsSpan(0, Math.Max(1, byRadius.Length / 5));
        double counts = 0, exposure = 0;
        foreach (var pixel in outer)
        {
            counts += maps.Counts[pixel] - maps.Background[pixel];
            exposure += maps.Exposure[pixel];
        }
        return Math.Max(counts / exposure, 0);
    }

    private ImageMoments Moments(double sky)
    {
        var moments = new ImageMoments(0, 0, 0, 0);
        for (var iteration = 0; iteration < 5; iteration++) moments = Moments(moments, sky);
        return moments;
    }

    // Moments inside an aperture around the present centre, in R500; shape from the second moments compared with those of the aperture's own pixels.
    private ImageMoments Moments(ImageMoments around, double sky)
    {
        double flux = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        foreach (var pixel in Valid())
        {
            var (dx, dy) = Offset(pixel);
            var (fromX, fromY) = (dx - around.X, dy - around.Y);
            if (fromX * fromX + fromY * fromY > ApertureR500 * ApertureR500) continue;
            var brightness = (maps.Counts[pixel] - maps.Background[pixel]) / maps.Exposure[pixel] - sky;
            flux += brightness;
            x += brightness * dx;
            y += brightness * dy;
            xx += brightness * fromX * fromX;
            yy += brightness * fromY * fromY;
            xy += brightness * fromX * fromY;
        }
        if (!(flux > 0)) return new ImageMoments(0, 0, 0, 0);
        var limit = 3 * priors.OffsetDeviationR500;
        var size = Math.Max(xx + yy, 1e-6 * flux);
        return new ImageMoments(Math.Clamp(x / flux, -limit, limit), Math.Clamp(y / flux, -limit, limit), (yy - xx) / size, -2 * xy / size);
    }

    private RingSums[] RadialSums(ImageMoments moments)
    {
        var rings = new RingSums[Rings];
        var reach = Math.Sqrt(Valid().Max(DistanceSquared));
        foreach (var pixel in Valid())
        {
            var (dx, dy) = Offset(pixel);
            var radius = Math.Sqrt(Math.Pow(dx - moments.X, 2) + Math.Pow(dy - moments.Y, 2));
            // Rings of equal width in the square root of the radius: fine in the core.
            ref var ring = ref rings[Math.Min(Rings - 1, (int)(Rings * Math.Sqrt(radius / (1.3 * reach))))];
            ring.Counts += maps.Counts[pixel];
            ring.Exposure += maps.Exposure[pixel];
            ring.Background += maps.Background[pixel];
            ring.Radius += maps.Exposure[pixel] * radius;
        }
        return [.. rings.Where(ring => ring.Exposure > 0).Select(ring => ring with { Radius = ring.Radius / ring.Exposure })];
    }

    // Scales a profile's shape and the sky to the rings by expectation maximisation, which keeps both positive.
    private (double Statistic, MeanModelParameters Parameters) Amplitudes(ImageMoments moments, RingSums[] rings, double core, double beta, double epsilon, double sky)
    {
        var parameters = Parameters(moments, core, beta, epsilon);
        var shape = model.Brightness(parameters, [.. rings.Select(ring => ring.Radius)]).Select(brightness => brightness - parameters.SkyBackground).ToArray();
        var total = rings.Sum(ring => ring.Counts - ring.Background);
        var shapeTotal = rings.Select((ring, i) => shape[i] * ring.Exposure).Sum();
        var exposureTotal = rings.Sum(ring => ring.Exposure);
        var amplitude = Math.Max(0.5 * total, 1) / shapeTotal;
        sky = Math.Max(sky, 1e-3 * Math.Max(total, 1) / exposureTotal);
        for (var iteration = 0; iteration < 50; iteration++)
        {
            double clusterShare = 0, skyShare = 0;
            for (var i = 0; i < rings.Length; i++)
            {
                var ratio = rings[i].Counts / Mean(rings[i], amplitude * shape[i] + sky);
                clusterShare += shape[i] * rings[i].Exposure * ratio;
                skyShare += rings[i].Exposure * ratio;
            }
            amplitude *= clusterShare / shapeTotal;
            sky *= skyShare / exposureTotal;
        }
        var statistic = rings.Select((ring, i) => CStatistic.Of(ring.Counts, Mean(ring, amplitude * shape[i] + sky))).Sum();
        return (statistic, parameters with
        {
            Log10DensitySquared = parameters.Log10DensitySquared + Math.Log10(Math.Max(amplitude, 1e-9)),
            Log10SkyBackground = Math.Log10(Math.Max(sky, 1e-30)),
        });
    }

    private MeanModelParameters Parameters(ImageMoments moments, double core, double beta, double epsilon)
    {
        var shear = Math.Min(0.9 * Math.Sqrt(moments.Stretch * moments.Stretch + moments.Skew * moments.Skew), 0.8);
        return new MeanModelParameters
        {
            Angle = Math.Atan2(-moments.Skew, moments.Stretch) / 2,
            Eccentricity = Math.Sqrt(1 - Math.Exp(-2 * shear)),
            OffsetX = moments.X,
            OffsetY = moments.Y,
            Log10SkyBackground = (priors.Log10SkyBackground.Low + priors.Log10SkyBackground.High) / 2,
            Log10DensitySquared = (priors.Log10DensitySquared.Low + priors.Log10DensitySquared.High) / 2,
            Log10CoreRadius = Math.Log10(core),
            Log10ScaleRadius = Math.Log10(0.6),
            Beta = beta,
            Epsilon = epsilon,
        };
    }

    private static double Mean(in RingSums ring, double brightness) => Math.Max(brightness * ring.Exposure + ring.Background, 1e-12);

    private IEnumerable<int> Valid() => Enumerable.Range(0, maps.PixelCount).Where(pixel => maps.Mask[pixel]);

    private (double X, double Y) Offset(int pixel) =>
        ((pixel % maps.Width - maps.CentreX) * maps.PixelR500, (pixel / maps.Width - maps.CentreY) * maps.PixelR500);

    private double DistanceSquared(int pixel)
    {
        var (x, y) = Offset(pixel);
        return x * x + y * y;
    }

    /// <summary>Centre in R500, and the normalised second moments (yy - xx) and -2 xy: the direction of the shear.</summary>
    private readonly record struct ImageMoments(double X, double Y, double Stretch, double Skew);

    private record struct RingSums(double Counts, double Exposure, double Background, double Radius);
}
