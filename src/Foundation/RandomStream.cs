namespace ClusterSurvey.Foundation;

/// <summary>
/// A stream of random numbers from the counter-based generator Philox4x32-10 (Salmon et al. 2011,
/// "Parallel random numbers: as easy as 1, 2, 3"). The key is the seed, the counter starts at zero, so
/// equal seeds give equal numbers on any thread. Not safe for use by two threads at once.
/// </summary>
public sealed class RandomStream
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    private readonly uint keyA, keyB;
    private readonly uint[] block = new uint[4];
    private ulong counter;
    private int used = 4;
    private double spareNormal = double.NaN;

    /// <summary>A stream that starts at <paramref name="seed"/>.</summary>
    public RandomStream(Seed seed) => (keyA, keyB) = ((uint)seed.Value, (uint)(seed.Value >> 32));

    /// <summary>32 uniform bits.</summary>
    public uint NextUInt32()
    {
        if (used == 4)
        {
            Block(counter++, keyA, keyB, block);
            used = 0;
        }
        return block[used++];
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64() => (ulong)NextUInt32() << 32 | NextUInt32();

    /// <summary>A uniform number in the open interval (0, 1): never 0, so that its logarithm exists.</summary>
    public double NextDouble() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>A uniform number between two bounds.</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), unbiased (Lemire 2019, rejection on the low half).</summary>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var limit = (uint)bound;
        var product = (ulong)NextUInt32() * limit;
        var threshold = (uint)(-(int)limit) % limit;
        while ((uint)product < threshold) product = (ulong)NextUInt32() * limit;
        return (int)(product >> 32);
    }

    /// <summary>A standard normal number (Box and Muller 1958; both numbers of a pair are used).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(spareNormal))
        {
            var spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextDouble());
        spareNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>Fills a span with standard normal numbers.</summary>
    public void FillNormal(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (float)NextNormal();
    }

    /// <summary>Fills a span with standard normal numbers.</summary>
    public void FillNormal(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = NextNormal();
    }

    /// <summary>A Poisson number: inversion below a mean of 10, transformed rejection above (PTRS, Hörmann 1993).</summary>
    /// <param name="mean">The expectation, finite and not negative.</param>
    public long NextPoisson(double mean)
    {
        if (!(mean >= 0) || double.IsInfinity(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "a Poisson mean is finite and not negative");
        return mean < 10 ? PoissonByInversion(mean) : PoissonByTransformedRejection(mean);
    }

    /// <summary>Shuffles a span in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private long PoissonByInversion(double mean)
    {
        var probability = Math.Exp(-mean);
        var rest = NextDouble();
        var count = 0L;
        // The tail below the resolution of a double ends the search.
        while (rest > probability && count < 200)
        {
            rest -= probability;
            count++;
            probability *= mean / count;
        }
        return count;
    }

    private long PoissonByTransformedRejection(double mean)
    {
        var logMean = Math.Log(mean);
        var b = 0.931 + 2.53 * Math.Sqrt(mean);
        var a = -0.059 + 0.02483 * b;
        var inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        var squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            var u = NextDouble() - 0.5;
            var v = NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) return (long)k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (Math.Log(v * inverseAlpha / (a / (us * us) + b)) <= k * logMean - mean - LogFactorial(k)) return (long)k;
        }
    }

    // Stirling's series: below 1e-10 from k = 7 on, and exact sums below.
    private static double LogFactorial(double k)
    {
        if (k < 7)
        {
            var sum = 0.0;
            for (var i = 2; i <= k; i++) sum += Math.Log(i);
            return sum;
        }
        var n = k + 1;
        var inverse = 1 / n;
        var square = inverse * inverse;
        return (n - 0.5) * Math.Log(n) - n + 0.91893853320467274 + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    }

    /// <summary>One block of the generator: four words from a counter and a key.</summary>
    internal static void Block(ulong counter, uint keyA, uint keyB, Span<uint> words, ulong counterHigh = 0)
    {
        uint c0 = (uint)counter, c1 = (uint)(counter >> 32), c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        for (var round = 0; round < 10; round++)
        {
            var productA = (ulong)MultiplierA * c0;
            var productB = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(productB >> 32) ^ c1 ^ keyA, (uint)productB, (uint)(productA >> 32) ^ c3 ^ keyB, (uint)productA);
            keyA += WeylA;
            keyB += WeylB;
        }
        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
    }
}
