using System.Collections.Concurrent;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// From theta to the S vector of one cluster, and from its counts to the observed one, by the same filters. Per simulation: an emission drawn
/// from the mean model, a perturbed brightness, Poisson counts C about <c>S E + B</c>, the absolute fluctuation map
/// <c>D = (C - C0)/(2E)</c> with C0 the counts expected of the same emission unperturbed, and <c>S_i = ln P[D] - ln P_null</c>
/// (Dupourque et al. 2023). The mean model is the cluster in the sky: what the telescope's point spread function makes of it, perturbed or not, is what is compared
/// (docs/adr/0025). Field i depends on the seed and i alone, and its spectrum in one region not on the others. Safe for concurrent use: the caller chooses the threads.
/// </summary>
public sealed class ClusterSimulator : ISpectrumSimulator
{
    private readonly FieldGeometry geometry;
    private readonly Func<Seed, ClusterEmission> drawEmission;
    private readonly SimulationOptions options;
    private readonly Seed seed;
    private readonly RegionSpectra spectra;
    private readonly FieldSimulators fields;
    private readonly PsfConvolution? psf;
    private readonly bool[] used, counted;
    private readonly Lazy<double[]> noiseVariance, nullPower;
    private readonly Lazy<double[]>[] nullParts;
    private readonly SmoothFactorFit? refit;
    private readonly ConcurrentBag<Workspace> spare = [];

    /// <summary>Prepares filters and box.</summary>
    /// <param name="seed">The cluster's seed.</param>
    /// <param name="geometry">Maps of the observation.</param>
    /// <param name="design">Regions and scales; regions of the mean model's posterior median, for data and simulations alike.</param>
    /// <param name="reference">The mean model's best emission: of the null spectrum, of the observed residual and of mock counts.</param>
    /// <param name="drawEmission">One draw of the mean model per seed; called from several threads. The reference always, to leave its uncertainty out.</param>
    /// <param name="options">Choices; the defaults when none.</param>
    /// <exception cref="ArgumentException">Maps, regions, scales or emission do not fit together.</exception>
    public ClusterSimulator(Seed seed, FieldGeometry geometry, SpectrumDesign design, ClusterEmission reference, Func<Seed, ClusterEmission> drawEmission, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(drawEmission);
        geometry.Validate();
        (this.seed, this.geometry, this.drawEmission, this.options, Reference) = (seed, geometry, drawEmission, options ?? new SimulationOptions(), reference);
        spectra = new RegionSpectra(design, geometry.Width, geometry.Height, geometry.PixelR500, geometry.Mask);
        // Every pixel that data have, whatever the regions: so the numbers of one region do not depend on which others are asked for.
        used = [.. geometry.Mask];
        counted = [.. geometry.Counted ?? geometry.Mask];
        fields = new FieldSimulators(geometry, this.options, reference);
        psf = this.options.Psf is { } spread ? new PsfConvolution(spread, geometry.Width, geometry.Height, geometry.PixelArcsec, geometry.Exposure) : null;
        if (this.options.Unresolved is not null && !(geometry.PixelArcsec > 0))
            throw new ArgumentException("unresolved sources need the angle of a pixel, and the geometry has none");
        noiseVariance = new Lazy<double[]>(NoiseVariance);
        nullParts = [.. Enumerable.Range(0, spectra.FilterCount).Select(i => new Lazy<double[]>(() => spectra.ExpectedNoise(i, noiseVariance.Value)))];
        nullPower = new Lazy<double[]>(() => [.. nullParts.SelectMany(part => part.Value)]);
        refit = this.options.SecondOrder == SecondOrder.Refit ? new SmoothFactorFit(reference.EllipticalRadius, this.options.EllipticalAngle, used) : null;
    }

    /// <summary>The mean model's best emission.</summary>
    public ClusterEmission Reference { get; }

    /// <inheritdoc/>
    public SpectrumDesign Design => spectra.Design;

    /// <inheritdoc/>
    public CubeGrid Grid => fields.Grid;

    /// <inheritdoc/>
    public string FieldsInWords => fields.InWords;

    /// <inheritdoc/>
    public string PsfInWords => options.Psf?.InWords ?? "none";

    /// <inheritdoc/>
    public double PsfWidthR500 => options.Psf is { } spread ? spread.HalfEnergyWidthArcsec / geometry.PixelArcsec * geometry.PixelR500 : 0;

    /// <summary>The expected power of Poisson noise about the reference model, exact, [region, scale] row by row.</summary>
    public ReadOnlySpan<double> NullPower => nullPower.Value;

    /// <inheritdoc/>
    public int PartCount => nullParts.Length;

    /// <inheritdoc/>
    public void Prepare(int part) => _ = nullParts[part].Value;

    /// <inheritdoc/>
    public FieldDiagnostics Simulate(long fieldIndex, double log10InjectionScale, double slope, ReadOnlySpan<double> log10Sigmas, Span<double> s)
    {
        if (s.Length != log10Sigmas.Length * Design.Length)
            throw new ArgumentException($"room for {s.Length} numbers, {log10Sigmas.Length} sigmas need {log10Sigmas.Length * Design.Length}", nameof(s));
        return Draw(fieldIndex, log10InjectionScale, slope, log10Sigmas, s, Measure);
    }

    /// <summary>The counts of the very simulations whose S vectors <see cref="Simulate"/> gives, before anything is done to them.</summary>
    /// <param name="fieldIndex">Which field of the set, 0 or more.</param>
    /// <param name="log10InjectionScale">log10 of l_inj in R500.</param>
    /// <param name="slope">alpha.</param>
    /// <param name="log10Sigmas">log10 of each sigma.</param>
    /// <param name="counts">Receives [sigma, pixel] row by row; 0 where the mask excludes a pixel.</param>
    public FieldDiagnostics SimulateCounts(long fieldIndex, double log10InjectionScale, double slope, ReadOnlySpan<double> log10Sigmas, Span<double> counts)
    {
        if (counts.Length != log10Sigmas.Length * geometry.PixelCount)
            throw new ArgumentException($"room for {counts.Length} counts, {log10Sigmas.Length} maps have {log10Sigmas.Length * geometry.PixelCount}", nameof(counts));
        return Draw(fieldIndex, log10InjectionScale, slope, log10Sigmas, counts, (in SimulatedCounts simulated, Span<double> maps) =>
        {
            var map = maps.Slice(simulated.Index * used.Length, used.Length);
            for (var i = 0; i < map.Length; i++) map[i] = used[i] ? simulated.Work.Counts[i] : 0;
        });
    }

    /// <summary>
    /// The spectrum of observed counts about the reference model; with <see cref="SecondOrder.Refit"/> the model is refitted to them first, as it is in
    /// every simulation.
    /// </summary>
    /// <param name="counts">Counts per pixel, row by row.</param>
    public MeasuredSpectrum MeasureObserved(ReadOnlySpan<double> counts)
    {
        if (counts.Length != geometry.PixelCount) throw new ArgumentException($"{counts.Length} counts, the geometry has {geometry.PixelCount} pixels", nameof(counts));
        var work = Rent();
        var power = new double[Design.Length];
        Expect(Reference, Unperturbed(counted), work);
        counts.CopyTo(work.Counts);
        MeasureResidual(work, power);
        var noise = options.Null == NullTreatment.Mean ? [.. nullPower.Value] : DrawNull(seed.Derive("observed").Derive("null"), work);
        spare.Add(work);
        var s = new double[power.Length];
        for (var i = 0; i < s.Length; i++) s[i] = Math.Log(power[i]) - Math.Log(noise[i]);
        return new MeasuredSpectrum(power, noise, s);
    }

    /// <summary>The mean power of Poisson draws of the unperturbed reference model: a check of <see cref="NullPower"/>.</summary>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="draws">How many, 1 or more.</param>
    /// <param name="cancellation">Cancels between draws.</param>
    public double[] NullSpectrum(Seed seed, int draws, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        var work = Rent();
        var mean = new double[Design.Length];
        Expect(Reference, Unperturbed(counted), work);
        double[] expected = [.. work.Expected];
        for (var draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            expected.CopyTo(work.Expected, 0);
            var power = DrawNull(seed.Derive(draw), work);
            for (var i = 0; i < mean.Length; i++) mean[i] += power[i] / draws;
        }
        spare.Add(work);
        return mean;
    }

    /// <summary>
    /// One perturbed counts map about the reference model, over the whole image, for mock observations, by the cube; its mean over fields is the reference's with
    /// <see cref="SecondOrder.Normalised"/>, and brighter by 1 + sigma_grid^2 otherwise.
    /// </summary>
    /// <param name="seed">Seed of field and counts.</param>
    /// <param name="theta">The truth.</param>
    /// <returns>Counts per pixel, row by row.</returns>
    public double[] Counts(Seed seed, TurbulenceParameters theta) =>
        MockCounts.Draw(seed, geometry, Draw(seed.Derive("cube"), fields.At(SimulatorKind.Cube, theta.Sigma), Reference, theta.InjectionScale, theta.Slope, everywhere: true), Reference.SkyBackground, theta.Sigma,
            options.SecondOrder == SecondOrder.Normalised);

    /// <inheritdoc/>
    public void Dispose() => fields.Dispose();

    /// <summary>The choices.</summary>
    internal SimulationOptions Options => options;

    /// <summary>The seed of a field and all that is drawn for it.</summary>
    internal Seed FieldSeed(long fieldIndex) => seed.Derive("field").Derive(fieldIndex);

    private static double LargestSigma(ReadOnlySpan<double> log10Sigmas)
    {
        var largest = double.NegativeInfinity;
        foreach (var log10 in log10Sigmas) largest = Math.Max(largest, log10);
        return Math.Pow(10, largest);
    }

    // With a point spread function the field is drawn everywhere: pixels that are not used shine into those that are.
    private PerturbedEmission Draw(Seed fieldSeed, IFieldSimulator simulator, ClusterEmission emission, double injectionScale, double slope, bool everywhere = false)
    {
        var drawn = simulator.Draw(fieldSeed, emission, injectionScale, slope, everywhere || psf is not null ? [] : counted);
        return psf is null ? drawn : psf.Image(drawn);
    }

    // The reference's S0 as the telescope shows it.
    private double[] Unperturbed(bool[] pixels) => psf is null ? fields.Unperturbed(Reference, pixels) : psf.Image(fields.Unperturbed(Reference, []));

    private double[]? DrawSources(Seed skySeed, double r500Kpc)
    {
        if (options.Unresolved is not { } sources) return null;
        var sky = sources.Draw(skySeed, geometry.PixelCount, geometry.PixelArcsec / 60, geometry.PixelR500 * r500Kpc);
        return psf is null ? sky : psf.Image(sky);
    }

    // Draws a field and, for each sigma, counts, which the taker finds in the workspace.
    private FieldDiagnostics Draw(long fieldIndex, double log10InjectionScale, double slope, ReadOnlySpan<double> log10Sigmas, Span<double> results, CountsTaker take)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fieldIndex);
        var fieldSeed = FieldSeed(fieldIndex);
        var injectionScale = Math.Pow(10, log10InjectionScale);
        var emission = drawEmission(fieldSeed.Derive("emission"));
        var kind = fields.KindOf(LargestSigma(log10Sigmas), injectionScale, slope);
        PerturbedEmission? drawn = null;
        var work = Rent();
        for (var i = 0; i < log10Sigmas.Length; i++)
        {
            var sigma = Math.Pow(10, log10Sigmas[i]);
            if (drawn is null || !fields.ServesAllSigmas) drawn = Draw(fieldSeed.Derive("cube"), fields.At(kind, sigma), emission, injectionScale, slope);
            var countsSeed = fieldSeed.Derive("counts").Derive(i);
            DrawCounts(countsSeed, emission, drawn, sigma, work);
            take(new SimulatedCounts(i, countsSeed, emission, drawn.Unperturbed, work), results);
        }
        spare.Add(work);
        var fits = injectionScale >= ScaleGrid.SmallestScalePixels * geometry.PixelR500 && injectionScale <= fields.Grid.ShortestSide;
        return new FieldDiagnostics(drawn!.CapturedVariance, fits, kind);
    }

    private void DrawCounts(Seed countsSeed, ClusterEmission emission, PerturbedEmission perturbed, double sigma, Workspace work)
    {
        var stream = countsSeed.Stream();
        // A model that was fitted to a perturbed image has the mean of (1 + delta)^2 in it, with a refit as well.
        var normalised = options.SecondOrder != SecondOrder.Paper;
        var sources = DrawSources(countsSeed.Derive("sources"), emission.R500Kpc);
        for (var i = 0; i < used.Length; i++)
        {
            if (!counted[i]) continue;
            var brightness = perturbed.Brightness(i, sigma, normalised) + emission.SkyBackground;
            if (sources is not null) brightness = Math.Max(0, brightness + sources[i]);
            work.Counts[i] = stream.NextPoisson(brightness * geometry.Exposure[i] + geometry.Background[i]);
        }
    }

    private void Measure(in SimulatedCounts simulated, Span<double> all)
    {
        var work = simulated.Work;
        var s = all.Slice(simulated.Index * Design.Length, Design.Length);
        Expect(simulated.Emission, simulated.Unperturbed, work);
        MeasureResidual(work, s);
        ReadOnlySpan<double> reference = nullPower.Value;
        if (options.Null == NullTreatment.Draw)
        {
            Expect(simulated.Emission, simulated.Unperturbed, work);
            reference = DrawNull(simulated.Seed.Derive("null"), work);
        }
        for (var i = 0; i < s.Length; i++) s[i] = Math.Log(s[i]) - Math.Log(reference[i]);
    }

    // The counts that the unperturbed emission leads one to expect, and the cluster's part of them.
    private void Expect(ClusterEmission emission, double[] brightness, Workspace work)
    {
        for (var i = 0; i < counted.Length; i++)
        {
            if (!counted[i]) continue;
            work.Cluster[i] = brightness[i] * geometry.Exposure[i];
            work.Expected[i] = work.Cluster[i] + emission.SkyBackground * geometry.Exposure[i] + geometry.Background[i];
        }
    }

    // Overwrites the counts with D = (C - C0)/(2E).
    private void MeasureResidual(Workspace work, Span<double> power)
    {
        refit?.Apply(work.Counts, work.Cluster, work.Expected);
        for (var i = 0; i < used.Length; i++)
            if (used[i]) work.Counts[i] = (work.Counts[i] - work.Expected[i]) / (2 * geometry.Exposure[i]);
        spectra.Measure(work.Counts, power);
    }

    private double[] DrawNull(Seed nullSeed, Workspace work)
    {
        var stream = nullSeed.Stream();
        for (var i = 0; i < used.Length; i++)
            if (counted[i]) work.Counts[i] = stream.NextPoisson(work.Expected[i]);
        var power = new double[Design.Length];
        MeasureResidual(work, power);
        return power;
    }

    private double[] NoiseVariance()
    {
        var work = Rent();
        Expect(Reference, Unperturbed(counted), work);
        var variance = new double[used.Length];
        for (var i = 0; i < used.Length; i++)
            if (used[i]) variance[i] = work.Expected[i] / (4 * geometry.Exposure[i] * geometry.Exposure[i]);
        spare.Add(work);
        return variance;
    }

    private Workspace Rent() => spare.TryTake(out var work) ? work : new Workspace(geometry.PixelCount);

    private delegate void CountsTaker(in SimulatedCounts simulated, Span<double> results);

    // The counts stand in the workspace.
    private readonly record struct SimulatedCounts(int Index, Seed Seed, ClusterEmission Emission, double[] Unperturbed, Workspace Work);

    private sealed class Workspace(int pixels)
    {
        public double[] Counts { get; } = new double[pixels];

        public double[] Cluster { get; } = new double[pixels];

        public double[] Expected { get; } = new double[pixels];
    }
}
