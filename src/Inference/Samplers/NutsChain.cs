using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// One chain. Its warm-up follows the windows of Stan: step size alone for 15 %, then variances over windows that double, with the step
/// size found anew after each, and step size alone for the last 10 %.
/// </summary>
internal sealed class NutsChain
{
    private readonly LogDensity target;
    private readonly NutsOptions options;
    private readonly RandomStream stream;
    private readonly double[] startVariances;
    private HamiltonianSystem system;
    private PhasePoint current;
    private StepSizeAdaptation adaptation;

    public NutsChain(Seed seed, LogDensity target, ReadOnlySpan<double> start, double[] variances, NutsOptions options)
    {
        (this.target, this.options, startVariances, stream) = (target, options, variances, seed.Stream());
        system = new HamiltonianSystem(target, variances);
        current = system.At(start.ToArray(), new double[start.Length]);
        if (!double.IsFinite(current.LogDensity))
            throw new ArgumentException($"a chain starts where the log density is {current.LogDensity}: start every chain inside the support", nameof(start));
        adaptation = new StepSizeAdaptation(FirstStepSize(), options.TargetAcceptance);
    }

    /// <summary>Kept draws whose trajectory ran away.</summary>
    public int Divergences { get; private set; }

    /// <summary>Steps of all trajectories, each an evaluation of 2 x parameters + 1 points, warm-up included.</summary>
    public long Steps { get; private set; }

    /// <summary>The step size of the kept draws, in deviations.</summary>
    public double StepSize { get; private set; }

    /// <summary>Mean acceptance of the kept draws.</summary>
    public double MeanAcceptance { get; private set; }

    /// <summary>Warms up and draws.</summary>
    /// <returns>Kept draws row by row.</returns>
    public double[] Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        WarmUp(progress, cancellation);
        StepSize = adaptation.Averaged;
        var d = system.Dimensions;
        var draws = new double[options.Draws * d];
        for (var i = 0; i < options.Draws; i++)
        {
            var transition = Draw(StepSize, cancellation);
            if (transition.Diverged) Divergences++;
            MeanAcceptance += transition.MeanAcceptance / options.Draws;
            current.Place.CopyTo(draws, i * d);
            progress?.Report((options.Warmup + i + 1.0) / (options.Warmup + options.Draws));
        }
        return draws;
    }

    private void WarmUp(IProgress<double>? progress, CancellationToken cancellation)
    {
        var (begin, end) = ((int)(0.15 * options.Warmup), (int)(0.9 * options.Warmup));
        var window = Math.Max(10, options.Warmup / 20);
        var close = begin + window;
        var variances = new RunningVariance[system.Dimensions];
        for (var i = 0; i < options.Warmup; i++)
        {
            var transition = Draw(adaptation.Current, cancellation);
            adaptation.Learn(transition.MeanAcceptance);
            progress?.Report((i + 1.0) / (options.Warmup + options.Draws));
            if (i < begin || i >= end) continue;
            for (var j = 0; j < variances.Length; j++) variances[j].Add(current.Place[j]);
            if (i + 1 < close) continue;
            ChangeMasses(variances);
            variances = new RunningVariance[system.Dimensions];
            window *= 2;
            // The last window takes what would be too short for one of its own.
            close = i + 1 + 3 * window > end ? end : i + 1 + window;
        }
    }

    private NutsTransition Draw(double stepSize, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var transition = new NutsTransition(system, stream, stepSize, options);
        current = transition.From(current);
        Steps += transition.Steps;
        return transition;
    }

    // Few draws do not make a variance: it is drawn towards a small part of that of the starts.
    private void ChangeMasses(RunningVariance[] variances)
    {
        double n = variances[0].Count;
        var shrunk = variances.Zip(startVariances, (v, start) => n / (n + 5) * v.Value + 5 / (n + 5) * 1e-3 * start).ToArray();
        system = new HamiltonianSystem(target, shrunk);
        current = system.At(current.Place, current.Momentum);
        adaptation = new StepSizeAdaptation(FirstStepSize(), options.TargetAcceptance);
    }

    /// <summary>Doubled or halved until one step's acceptance crosses 0.8 (Hoffman and Gelman 2014, algorithm 4).</summary>
    private double FirstStepSize()
    {
        var point = system.Kick(current, stream);
        var energy = system.Energy(point);
        bool Accepts(double step) => energy - system.Energy(system.Step(point, step)) > Math.Log(0.8);
        var stepSize = 1.0;
        var grow = Accepts(stepSize);
        for (var i = 0; i < 50 && Accepts(stepSize) == grow; i++) stepSize *= grow ? 2 : 0.5;
        return stepSize;
    }
}
