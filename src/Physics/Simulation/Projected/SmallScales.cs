using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Draws the small scales delta_S of a field as they appear in projection: jointly Gaussian, stationary planes g_j = int phi_j delta_S dz with the cross-spectra of
/// <see cref="ProjectedSpectra"/>; a second, independent set; and planes that fluctuate like int phi_j (delta_S^2 - mean) dz. Holds buffers: one thread at
/// a time.
/// </summary>
internal sealed class SmallScales
{
    /// <summary>Planes of the second set and of the squares: corrections, for which the leading functions suffice.</summary>
    public const int FewTerms = 4;

    private const int Terms = SightlineBasis.Terms, Lanes = SightlineBasis.Lanes;

    private readonly SmallWaves waves;
    private readonly float[] power, factors, squareFactors, squarePower, variances;

    public SmallScales(SmallWaves waves)
    {
        this.waves = waves;
        power = new float[waves.SquarePlaces.Length];
        squarePower = new float[waves.Squares.Waves];
        factors = new float[ProjectedSpectra.Nodes * ProjectedSpectra.FactorLength];
        squareFactors = new float[factors.Length];
        variances = new float[ProjectedSpectra.Nodes];
    }

    /// <summary>Normal numbers that a wave across the sky takes.</summary>
    public static int NormalsPerWave => 2 * (Terms + 2 * FewTerms);

    /// <summary>The variance of delta_S on the grid.</summary>
    public double Variance { get; private set; }

    /// <summary>Draws the planes.</summary>
    /// <param name="normals"><see cref="NormalsPerWave"/> numbers for each wave.</param>
    /// <param name="spectrum">P/V by wavenumber.</param>
    /// <param name="planes">Receives the waves.</param>
    /// <param name="first">Plane of the first function of the first set.</param>
    /// <param name="second">Plane of the first function of the second set.</param>
    /// <param name="square">Plane of the first function of the squares.</param>
    public void Draw(ReadOnlySpan<float> normals, RadialTable spectrum, SkyPlanes planes, int first, int second, int square)
    {
        Prepare(spectrum);
        Span<float> re = stackalloc float[3 * Lanes], im = stackalloc float[3 * Lanes];
        Span<float> one = planes.Waves(first, Terms), two = planes.Waves(second, FewTerms), three = planes.Waves(square, FewTerms);
        Variance = 0;
        for (var i = 0; i < waves.Sky.Length; i++)
        {
            ref var wave = ref waves.Sky[i];
            Variance += wave.Twins * (variances[wave.Node] + wave.Fraction * (variances[wave.Node + 1] - variances[wave.Node]));
            Draw(wave, normals.Slice(i * NormalsPerWave, NormalsPerWave), re, im);
            Store(re, im, i, one);
            Store(re[Lanes..], im[Lanes..], i, two);
            Store(re[(2 * Lanes)..], im[(2 * Lanes)..], i, three);
        }
    }

    private void Draw(in SmallWaves.Wave wave, ReadOnlySpan<float> normals, Span<float> re, Span<float> im)
    {
        Vector256<float> re1 = default, im1 = default, re2 = default, im2 = default, re3 = default, im3 = default;
        for (var term = 0; term < Terms; term++)
        {
            var column = Column(factors, wave, term);
            re1 += column * normals[2 * term];
            im1 += column * normals[2 * term + 1];
            if (term >= FewTerms) continue;
            re2 += column * normals[2 * (Terms + term)];
            im2 += column * normals[2 * (Terms + term) + 1];
            column = Column(squareFactors, wave, term);
            re3 += column * normals[2 * (Terms + FewTerms + term)];
            im3 += column * normals[2 * (Terms + FewTerms + term) + 1];
        }
        (re1 * wave.Scale).CopyTo(re);
        (im1 * wave.Scale).CopyTo(im);
        (re2 * wave.Scale).CopyTo(re[Lanes..]);
        (im2 * wave.Scale).CopyTo(im[Lanes..]);
        (re3 * wave.Scale).CopyTo(re[(2 * Lanes)..]);
        (im3 * wave.Scale).CopyTo(im[(2 * Lanes)..]);
    }

    private static Vector256<float> Column(float[] factors, in SmallWaves.Wave wave, int term)
    {
        ref var at = ref factors[wave.Node * ProjectedSpectra.FactorLength + term * Lanes];
        var low = Vector256.LoadUnsafe(ref at);
        return low + (Vector256.LoadUnsafe(ref at, ProjectedSpectra.FactorLength) - low) * wave.Fraction;
    }

    private void Store(ReadOnlySpan<float> re, ReadOnlySpan<float> im, int wave, Span<float> planes)
    {
        var (at, term) = (2 * wave, 0);
        for (; at < planes.Length; at += 2 * waves.Sky.Length, term++) (planes[at], planes[at + 1]) = (re[term], im[term]);
    }

    // Spectra at the nodes, and the variance of all waves along the line of sight there.
    private void Prepare(RadialTable spectrum)
    {
        var along = waves.Spectra.SquaredWaves;
        for (var node = 0; node < ProjectedSpectra.Nodes; node++)
        {
            var across = (float)Math.Pow(waves.Spectra.NodeWavenumber(node), 2);
            var sum = 0.0;
            for (var m = 0; m < along.Length; m++)
            {
                var p = (float)spectrum.At(across + along[m]) * waves.Shares[node * along.Length + m];
                sum += m == 0 || 2 * m == waves.Grid.CellsZ ? p : 2 * p;
                if (m < waves.Spectra.Waves) power[node * waves.Spectra.Waves + m] = p;
            }
            variances[node] = (float)sum;
        }
        waves.Spectra.Factorise(power, factors);
        PrepareSquares(spectrum);
    }

    private void PrepareSquares(RadialTable spectrum)
    {
        var (volume, squares) = (waves.Grid.Volume, waves.Squares);
        for (var i = 0; i < squarePower.Length; i++)
            squarePower[i] = (float)(volume * spectrum.At((float)Math.Pow(squares.Wavenumber(i), 2))) * waves.IsotropicShares[i];
        squares.Square(squarePower);
        for (var i = 0; i < power.Length; i++)
        {
            var (place, fraction) = waves.SquarePlaces[i];
            power[i] = (squarePower[place] + fraction * (squarePower[place + 1] - squarePower[place])) / (float)volume;
        }
        waves.Spectra.Factorise(power, squareFactors);
    }
}
