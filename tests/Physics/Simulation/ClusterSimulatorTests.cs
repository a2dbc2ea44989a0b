using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.PointSpread;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class ClusterSimulatorTests(ITestOutputHelper output)
{
    private static readonly CircularCluster Cluster = new() { Pixels = 40, DepthCells = 100 };
    private static readonly ClusterEmission Emission = Cluster.Emission();
    private static readonly RadialRegion[] Regions = [new("I", 0, 0.25), new("global", 0, 1), new("no_core", 0.15, 1)];
    private static readonly double[] Scales = ScaleGrid.Geometric(0.16, 1, 4);

    private static readonly CircularCluster Fine = new() { Pixels = 40, DepthCells = 200, SourceCounts = 3e4 };

    [Theory]
    [InlineData(FilterMask.Region, FilterMode.Fast, SimulatorKind.Cube)]
    [InlineData(FilterMask.Full, FilterMode.Fast, SimulatorKind.Cube)]
    [InlineData(FilterMask.Region, FilterMode.Exact, SimulatorKind.Cube)]
    [InlineData(FilterMask.Full, FilterMode.Exact, SimulatorKind.Projected)]
    public void A_region_has_the_same_bits_whichever_others_are_asked_for(FilterMask mask, FilterMode filter, SimulatorKind kind)
    {
        var options = new SimulationOptions { Cube = Cluster.Cube, Simulator = kind, SecondOrder = SecondOrder.Refit, Null = NullTreatment.Draw };
        var geometry = Cluster.Geometry();
        double[] Of(double sigma, params RadialRegion[] regions)
        {
            var design = SpectrumDesign.Of(regions, Emission.EllipticalRadius, geometry.Mask, Scales, mask, filter);
            using var simulator = new ClusterSimulator(new Seed(17), geometry, design, Emission, _ => Emission, options);
            var s = new double[2 * design.Length];
            simulator.Simulate(3, -0.5, 11.0 / 3, [-1, sigma], s);
            return [.. s, .. simulator.MeasureObserved(geometry.Background).S];
        }
        double[] Part(double[] s, int region, int regions) => [.. s.Where((_, i) => i / Scales.Length % regions == region)];

        var together = Of(-0.5, Regions);
        for (var region = 0; region < Regions.Length; region++) Assert.Equal(Of(-0.5, Regions[region]), Part(together, region, Regions.Length));
        Assert.Equal(Interleaved(Part(together, 2, Regions.Length), Part(together, 0, Regions.Length)), Of(-0.5, Regions[2], Regions[0]));
        // A control: what does change the numbers is seen.
        Assert.NotEqual(Of(-0.4, Regions[0]), Part(together, 0, Regions.Length));
    }

    private static double[] Interleaved(double[] first, double[] second)
        => [.. first.Chunk(Scales.Length).Zip(second.Chunk(Scales.Length)).SelectMany(pair => (double[])[.. pair.First, .. pair.Second])];

    // Outside the range the same field index gives what the cube alone gives, inside what projection alone gives: the mixture changes neither.
    [Fact]
    public void Auto_gives_field_by_field_what_the_simulator_of_its_parameters_gives()
    {
        var (geometry, emission) = (Fine.Geometry(), Fine.Emission());
        var design = SpectrumDesign.Of(Regions, emission.EllipticalRadius, geometry.Mask, Scales);
        (SimulatorKind Kind, double[] S) Field(SimulatorKind kind, long index, double log10Sigma)
        {
            using var simulator = new ClusterSimulator(new Seed(5), geometry, design, emission, _ => emission, new SimulationOptions { Cube = Fine.Cube, Simulator = kind });
            var s = new double[2 * design.Length];
            return (simulator.Simulate(index, -0.5, 11.0 / 3, [-1, log10Sigma], s).Simulator, s);
        }
        var (inside, outside) = (Field(SimulatorKind.Auto, 1, -0.5), Field(SimulatorKind.Auto, 2, 0.2));
        Assert.Equal((SimulatorKind.Projected, SimulatorKind.Cube), (inside.Kind, outside.Kind));
        Assert.Equal(Field(SimulatorKind.Projected, 1, -0.5).S, inside.S);
        Assert.Equal(Field(SimulatorKind.Cube, 2, 0.2).S, outside.S);
        Assert.NotEqual(Field(SimulatorKind.Cube, 1, -0.5).S, inside.S);
    }

    private static ClusterSimulator Simulator(SimulationOptions? options = null, Func<Seed, ClusterEmission>? draw = null, FilterMask filterMask = FilterMask.Region, ClusterEmission? reference = null)
    {
        var geometry = Cluster.Geometry();
        var design = SpectrumDesign.Of(Regions, Emission.EllipticalRadius, geometry.Mask, Scales, filterMask);
        return new ClusterSimulator(new Seed(17), geometry, design, reference ?? Emission, draw ?? (_ => Emission), (options ?? new SimulationOptions()) with { Cube = Cluster.Cube });
    }

    private static double[] MeanS(ClusterSimulator simulator, double sigma, double injectionScale, int fields)
    {
        var mean = new double[simulator.Design.Length];
        var s = new double[mean.Length];
        for (var i = 0; i < fields; i++)
        {
            simulator.Simulate(i, Math.Log10(injectionScale), 11.0 / 3, [Math.Log10(sigma)], s);
            for (var j = 0; j < s.Length; j++) mean[j] += s[j] / fields;
        }
        return mean;
    }

    [Fact]
    public void A_field_depends_on_the_seed_and_its_number_alone()
    {
        ClusterEmission Brighter(Seed seed)
        {
            var factor = 1 + 0.1 * seed.Stream().NextDouble();
            return Emission with { Emissivity = radius => factor * Emission.Emissivity(radius) };
        }
        using var simulator = Simulator(draw: Brighter);
        double[] Field(int i)
        {
            var s = new double[2 * simulator.Design.Length];
            simulator.Simulate(i, -0.5, 11.0 / 3, [-1, -0.5], s);
            return s;
        }
        var forward = Enumerable.Range(0, 8).Select(Field).ToArray();
        var together = Enumerable.Range(0, 8).Reverse().AsParallel().AsOrdered().WithDegreeOfParallelism(3).Select(Field).ToArray();
        Assert.Equal(forward, together.Reverse());
        Assert.NotEqual(forward[0], forward[1]);
    }

    [Fact]
    public void The_first_of_several_sigmas_is_what_it_would_be_alone()
    {
        using var simulator = Simulator();
        double[] alone = new double[simulator.Design.Length], several = new double[3 * alone.Length];
        simulator.Simulate(3, -0.5, 4, [-0.7], alone);
        simulator.Simulate(3, -0.5, 4, [-0.7, -0.3, 0], several);
        Assert.Equal(alone, several[..alone.Length]);
        Assert.True(several[^1] > several[alone.Length - 1], "stronger fluctuations have more power");
    }

    [Theory]
    [InlineData(SimulatorKind.Cube)]
    [InlineData(SimulatorKind.Projected)]
    public void Where_holes_are_cut_other_pixels_keep_their_counts_and_their_fields(SimulatorKind kind)
    {
        var whole = Fine.Geometry();
        bool[] mask = [.. whole.Mask];
        var holes = RandomHoles.Cut(new Seed(8).Stream(), (whole.Width, whole.Height), 1.5, 0.1, whole.Mask, mask);
        double[] Counts(FieldGeometry geometry)
        {
            var emission = Fine.Emission();
            var design = SpectrumDesign.Of(Regions, emission.EllipticalRadius, geometry.Mask, Scales);
            using var simulator = new ClusterSimulator(new Seed(5), geometry, design, emission, _ => emission, new SimulationOptions { Cube = Fine.Cube, Simulator = kind, SecondOrder = SecondOrder.Refit });
            var counts = new double[geometry.PixelCount];
            // Spectra of an earlier field leave nothing behind.
            simulator.Simulate(0, -0.5, 11.0 / 3, [-0.5], new double[design.Length]);
            simulator.SimulateCounts(1, -0.5, 11.0 / 3, [-0.5], counts);
            return counts;
        }
        var before = Counts(whole);
        var expected = before.Select((count, i) => mask[i] ? count : 0).ToArray();

        Assert.NotEmpty(holes);
        Assert.NotEqual(before, expected);
        Assert.Equal(expected, Counts(whole with { Mask = mask, Counted = whole.Mask }));
        // A control: without the pixels of the holes all later ones have other counts.
        Assert.NotEqual(expected, Counts(whole with { Mask = mask }));
    }

    [Fact]
    public void Pixels_that_are_used_and_not_counted_are_refused()
    {
        var geometry = Cluster.Geometry();
        var counted = geometry.Mask.ToArray();
        var first = Array.IndexOf(counted, true);
        counted[first] = false;
        Assert.Contains($"({first % geometry.Width}, {first / geometry.Width})", Assert.Throws<ArgumentException>((geometry with { Counted = counted }).Validate).Message, StringComparison.Ordinal);
    }

    private static readonly SimulationOptions Blurred = new() { Psf = PointSpreadFunction.Of(new GaussianProfile(40)), Simulator = SimulatorKind.Cube };

    // Pixels are 42.4 arcsec wide; power at 0.16 R500 is down by exp(-4 pi^2 (40/136)^2) = 0.03 and more, at 1 R500 by a tenth. The noise is not: photons land
    // where they land.
    [Fact]
    public void A_point_spread_function_takes_signal_at_small_scales_and_no_noise()
    {
        using ClusterSimulator sharp = Simulator(new SimulationOptions { Simulator = SimulatorKind.Cube }), blurred = Simulator(Blurred);
        // It is the noise of the spread image: other where the core was, the same over the whole.
        double[] before = sharp.NullPower.ToArray(), after = blurred.NullPower.ToArray();
        for (var i = 0; i < 4; i++) Assert.InRange(after[i] / before[i], 0.75, 1.05);
        for (var i = 4; i < 8; i++) Assert.InRange(after[i] / before[i], 0.97, 1.03);
        double[] Signal(ClusterSimulator simulator) => [.. MeanS(simulator, 0.5, 0.3, 30).Select(s => Math.Exp(s) - 1)];
        double[] signal = Signal(sharp), kept = Signal(blurred);
        Assert.InRange(kept[4] / signal[4], 0, 0.25);
        Assert.InRange(kept[7] / signal[7], 0.75, 1.02);
        var calm = MeanS(blurred, 1e-6, 0.3, 100);
        Assert.InRange(calm[4], -0.05, 0.05);
        // Had the photons been spread after they were drawn, their noise would be smooth.
        Assert.True(NoiseSpreadAfterTheDraw() < -1, "the test must see noise that was spread");
    }

    private static double NoiseSpreadAfterTheDraw()
    {
        var geometry = Cluster.Geometry();
        var psf = new PsfConvolution(Blurred.Psf!, 40, 40, geometry.PixelArcsec, geometry.Exposure);
        var spectra = new RegionSpectra(SpectrumDesign.Of(Regions, Emission.EllipticalRadius, geometry.Mask, Scales), 40, 40, Cluster.PixelR500, geometry.Mask);
        var stream = new Seed(4).Stream();
        double[] noise = [.. Enumerable.Range(0, 1600).Select(_ => stream.NextPoisson(50) - 50)], power = new double[spectra.Design.Length];
        spectra.Measure(psf.Image(noise), power);
        return Math.Log(power[4] / spectra.ExpectedNoise([.. Enumerable.Repeat(50.0, 1600)])[4]);
    }

    [Fact]
    public void With_a_point_spread_function_a_field_still_depends_on_seed_and_number_alone()
    {
        using var simulator = Simulator(Blurred with { Unresolved = new UnresolvedSources(1e-3, 1e-2) });
        double[] Field(int i)
        {
            var s = new double[2 * simulator.Design.Length];
            simulator.Simulate(i, -0.5, 11.0 / 3, [-1, -0.5], s);
            return s;
        }
        var forward = Enumerable.Range(0, 6).Select(Field).ToArray();
        Assert.Equal(forward, Enumerable.Range(0, 6).AsParallel().AsOrdered().WithDegreeOfParallelism(3).Select(Field).ToArray());
        Assert.NotEqual(forward[0], forward[1]);
    }

    // D = (C - C0)/2E sees half of the sky's fluctuation: white, of the variance that was asked for over four. A Gaussian takes (sg^2 / (sg^2 + sp^2))^3 of
    // white power from a filter of
    // width sg, since the square of its response goes as k^4 exp(-4 pi^2 sg^2 k^2).
    [Fact]
    public void Unresolved_sources_add_the_flat_power_that_they_are_given_and_the_telescope_spreads_it()
    {
        // 15 counts per pixel (rms), on a sky of 100: the brightness stays above 0.
        const double power = 4.5e-8;
        var bright = Emission with { SkyBackground = 4e-7 };
        var sources = new UnresolvedSources(power, power);
        var (pixelArcmin, pixelKpc) = (14.13 * Cluster.PixelR500, 1000 * Cluster.PixelR500);
        var deviation = Math.Sqrt(power) * pixelArcmin / (pixelKpc * pixelKpc);
        double[] Extra(PointSpreadFunction? psf)
        {
            using var simulator = Simulator(new SimulationOptions { Unresolved = sources, Psf = psf, Simulator = SimulatorKind.Cube }, _ => bright, reference: bright);
            var extra = new double[simulator.Design.Length];
            var s = new double[extra.Length];
            const int fields = 200;
            for (var i = 0; i < fields; i++)
            {
                simulator.Simulate(i, -0.5, 4, [-6], s);
                for (var j = 0; j < s.Length; j++) extra[j] += (Math.Exp(s[j]) - 1) * simulator.NullPower[j] / fields;
            }
            return extra;
        }
        var geometry = Cluster.Geometry();
        var spectra = new RegionSpectra(SpectrumDesign.Of(Regions, Emission.EllipticalRadius, geometry.Mask, Scales), 40, 40, Cluster.PixelR500, geometry.Mask);
        var expected = spectra.ExpectedNoise([.. Enumerable.Repeat(deviation * deviation / 4, 1600)]);
        double[] sharp = Extra(null), spread = Extra(PointSpreadFunction.Of(new GaussianProfile(20)));
        foreach (var component in (int[])[4, 5, 8, 9])
        {
            double filterWidth = Scales[component % 4] / (Math.Sqrt(2) * Math.PI), psfWidth = 20 / (60 * 14.13);
            var kept = Math.Pow(filterWidth * filterWidth / (filterWidth * filterWidth + psfWidth * psfWidth), 3);
            output.WriteLine($"component {component}: {sharp[component] / expected[component]:f3} of the flat power, {spread[component] / sharp[component]:f3} kept, expected {kept:f3}");
            Assert.Equal(1, sharp[component] / expected[component], 0.12);
            Assert.Equal(kept, spread[component] / sharp[component], 0.08);
        }
    }

    // A log-normal field is of one sigma: a simulation of it does not depend on the others that share its number.
    [Fact]
    public void Log_normal_simulations_are_drawn_for_each_sigma()
    {
        using var simulator = Simulator(new SimulationOptions { Statistics = FieldStatistics.LogNormal });
        double[] alone = new double[simulator.Design.Length], both = new double[2 * alone.Length], s = new double[alone.Length];
        Assert.Equal(SimulatorKind.Cube, simulator.Simulate(3, -0.5, 4, [-0.3], alone).Simulator);
        simulator.Simulate(3, -0.5, 4, [-0.3, -1], both);
        Assert.Equal(alone, both[..alone.Length]);
        using var gaussian = Simulator(new SimulationOptions { Simulator = SimulatorKind.Cube });
        gaussian.Simulate(3, -0.5, 4, [-0.3], s);
        Assert.NotEqual(s, alone);
    }

    [Theory]
    [InlineData(FilterMask.Region)]
    [InlineData(FilterMask.Full)]
    public void The_exact_null_is_the_mean_over_poisson_draws(FilterMask filterMask)
    {
        using var simulator = Simulator(filterMask: filterMask);
        var draws = simulator.NullSpectrum(new Seed(1), 400, TestContext.Current.CancellationToken);
        for (var i = 0; i < draws.Length; i++) Assert.Equal(1, draws[i] / simulator.NullPower[i], i % 4 == 3 ? 0.15 : 0.06);
    }

    [Fact]
    public void Without_turbulence_the_power_is_the_nulls()
    {
        using var simulator = Simulator();
        var power = new double[simulator.Design.Length];
        var s = new double[power.Length];
        const int fields = 150;
        for (var i = 0; i < fields; i++)
        {
            simulator.Simulate(i, -0.5, 4, [-6], s);
            for (var j = 0; j < s.Length; j++) power[j] += Math.Exp(s[j]) / fields;
        }
        for (var j = 0; j < power.Length; j++) Assert.Equal(1, power[j], j % 4 == 3 ? 0.25 : 0.1);
    }

    [Fact]
    public void An_independent_draw_as_the_null_scatters_more_than_the_mean()
    {
        double Scatter(NullTreatment treatment)
        {
            using var simulator = Simulator(new SimulationOptions { Null = treatment });
            var s = new double[simulator.Design.Length];
            var last = new List<double>();
            for (var i = 0; i < 60; i++)
            {
                simulator.Simulate(i, -0.5, 4, [-6], s);
                last.Add(s[5]);
            }
            var mean = last.Average();
            return last.Average(value => (value - mean) * (value - mean));
        }
        // Twice the variance, for two draws instead of one.
        Assert.InRange(Scatter(NullTreatment.Draw) / Scatter(NullTreatment.Mean), 1.4, 2.9);
    }

    // Small-scale turbulence: un-normalised, its mean square shows as a smooth excess at the largest scale. What data show is what a refit shows.
    [Fact]
    public void Normalised_fields_lack_the_monopole_as_refitted_ones_do()
    {
        double[] Mean(SecondOrder order)
        {
            using var simulator = Simulator(new SimulationOptions { SecondOrder = order });
            return MeanS(simulator, 0.5, 0.1, 50);
        }
        double[] paper = Mean(SecondOrder.Paper), normalised = Mean(SecondOrder.Normalised), refit = Mean(SecondOrder.Refit);
        var largestOfGlobal = 7;
        Assert.True(paper[largestOfGlobal] - normalised[largestOfGlobal] > 2, $"{paper[largestOfGlobal]} and {normalised[largestOfGlobal]}");
        Assert.True(paper[largestOfGlobal] - refit[largestOfGlobal] > 2, $"{paper[largestOfGlobal]} and {refit[largestOfGlobal]}");
        // At scales shorter than the fit's knots all three agree but for the normalisation itself.
        Assert.InRange(refit[4] - normalised[4], -0.3, 0.3);
    }

    // Nature is not normalised: a model that was fitted to it is brighter by 1 + sigma_grid^2 than the unperturbed cluster. About that model the same
    // fluctuations are weaker, and simulations that perturb it without dividing have too much power, by (1 + sigma_grid^2)^2.
    [Fact]
    public void Simulations_about_a_fitted_model_have_the_power_of_what_it_was_fitted_to()
    {
        const double injectionScale = 0.2;
        const int fields = 120;
        const double sigma = 0.8;
        using var nature = Simulator(new SimulationOptions { SecondOrder = SecondOrder.Paper });
        var captured = nature.Simulate(0, Math.Log10(injectionScale), 11.0 / 3, [Math.Log10(sigma)], new double[nature.Design.Length]).CapturedVariance;
        var factor = 1 + sigma * sigma * captured;
        var fitted = Emission with { Emissivity = radius => factor * Emission.Emissivity(radius) };
        using var simulator = Simulator(new SimulationOptions { SecondOrder = SecondOrder.Refit }, _ => fitted, reference: fitted);
        var theta = new TurbulenceParameters(Math.Log10(sigma), Math.Log10(injectionScale), 11.0 / 3);
        double[] simulated = MeanS(simulator, sigma, injectionScale, fields), observed = new double[simulated.Length];
        for (var i = 0; i < fields; i++)
        {
            var s = simulator.MeasureObserved(nature.Counts(new Seed(300).Derive(i), theta)).S;
            for (var j = 0; j < s.Length; j++) observed[j] += s[j] / fields;
        }
        // The global region's smallest two scales scatter by 0.3 from field to field.
        foreach (var j in (int[])[4, 5])
        {
            output.WriteLine($"component {j}: simulated {simulated[j]:f3}, observed {observed[j]:f3}, undivided {simulated[j] + 2 * Math.Log(factor):f3}");
            Assert.Equal(observed[j], simulated[j], 0.13);
            Assert.True(simulated[j] + 2 * Math.Log(factor) - observed[j] > 0.2, "the test must see what is not divided");
        }
    }

    [Fact]
    public void An_observation_of_mock_counts_looks_like_a_simulation_of_their_truth()
    {
        using var simulator = Simulator();
        var theta = new TurbulenceParameters(-0.5, -0.5, 11.0 / 3);
        const int fields = 40;
        double[][] simulated = new double[fields][], observed = new double[fields][];
        for (var i = 0; i < fields; i++)
        {
            simulated[i] = new double[simulator.Design.Length];
            simulator.Simulate(i, theta.Log10InjectionScale, theta.Slope, [theta.Log10Sigma], simulated[i]);
            var measured = simulator.MeasureObserved(simulator.Counts(new Seed(1000).Derive(i), theta));
            Assert.Equal(simulator.NullPower, measured.NullPower);
            observed[i] = measured.S;
        }
        for (var j = 0; j < simulator.Design.Length; j++)
        {
            var (simulatedMean, simulatedVariance) = Moments(simulated, j);
            var (observedMean, observedVariance) = Moments(observed, j);
            Assert.Equal(0, (observedMean - simulatedMean) / Math.Sqrt((simulatedVariance + observedVariance) / fields), 3.5);
        }

        static (double Mean, double Variance) Moments(double[][] s, int j)
        {
            var mean = s.Average(vector => vector[j]);
            return (mean, s.Average(vector => Math.Pow(vector[j] - mean, 2)));
        }
    }

    [Fact]
    public void Diagnostics_tell_what_the_grid_holds()
    {
        using var simulator = Simulator();
        var s = new double[simulator.Design.Length];
        var good = simulator.Simulate(0, Math.Log10(0.5), 11.0 / 3, [-1], s);
        Assert.True(good.InjectionScaleFits);
        Assert.InRange(good.CapturedVariance, 0.5, 1);
        Assert.False(good.HasNegativeDensities(0.3));
        Assert.True(good.HasNegativeDensities(3));
        Assert.False(simulator.Simulate(0, 0.7, 11.0 / 3, [-1], s).InjectionScaleFits);
        Assert.False(simulator.Simulate(0, -2, 11.0 / 3, [-1], s).InjectionScaleFits);
        // P(x < -2) of a normal number.
        Assert.Equal(0.02275, new FieldDiagnostics(1, true, SimulatorKind.Cube).NegativeDensityProbability(0.5), 1e-5);
        Assert.Equal(0, new FieldDiagnostics(1, true, SimulatorKind.Cube).NegativeDensityProbability(0));
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused()
    {
        var geometry = Cluster.Geometry();
        var design = SpectrumDesign.Of(Regions, Emission.EllipticalRadius, geometry.Mask, Scales);
        ClusterSimulator Make(FieldGeometry maps) => new(new Seed(1), maps, design, Emission, _ => Emission);
        Assert.Throws<ArgumentException>(() => Make(geometry with { Exposure = [1] }));
        ClusterSimulator With(SimulationOptions options) => new(new Seed(1), geometry with { PixelArcsec = 0 }, design, Emission, _ => Emission, options);
        Assert.Throws<ArgumentException>(() => With(Blurred));
        Assert.Throws<ArgumentException>(() => With(new SimulationOptions { Unresolved = new UnresolvedSources(1, 1) }));
        Assert.Throws<ArgumentException>(() => Make(geometry with { Exposure = new double[geometry.PixelCount] }));
        Assert.Throws<ArgumentException>(() => Make(geometry with { Background = [.. geometry.Background.Select(value => -value)] }));
        using var simulator = Simulator();
        Assert.Throws<ArgumentException>(() => simulator.Simulate(0, -0.5, 4, [-1], new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => simulator.Simulate(-1, -0.5, 4, [-1], new double[12]));
        Assert.Throws<ArgumentException>(() => simulator.MeasureObserved(new double[3]));
    }
}
