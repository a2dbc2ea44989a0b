using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>Whether posteriors are calibrated, by SBC, expected coverage and TARP together.</summary>
public sealed class CalibrationReport
{
    private CalibrationReport(CalibrationTest[] tests, double level) => (Tests, Level) = (tests, level);

    /// <summary>
    /// The tests: SBC of every parameter, coverage of central intervals of every parameter, coverage of ellipsoids
    /// (only for several parameters), TARP.
    /// </summary>
    public IReadOnlyList<CalibrationTest> Tests { get; }

    /// <summary>The chance of failing right posteriors.</summary>
    public double Level { get; }

    /// <summary>Whether every test passes after Holm's correction.</summary>
    public bool Passes => Tests.All(test => test.Passes);

    /// <summary>Whether every test of one kind, "sbc", "coverage" or "tarp", passes.</summary>
    public bool PassesBy(string kind) => Tests.Where(test => test.Kind == kind).All(test => test.Passes);

    /// <summary>Tests posteriors on simulated cases.</summary>
    /// <param name="seed">Seed of the references of TARP and of the spread of ranks.</param>
    /// <param name="set">The cases.</param>
    /// <param name="names">Names of the parameters.</param>
    /// <param name="level">The chance of failing right posteriors, between 0 and 1.</param>
    /// <exception cref="ArgumentException">Names do not fit, the level is out of range, or draws have no scatter.</exception>
    public static CalibrationReport Make(Seed seed, CalibrationSet set, IReadOnlyList<string> names, double level = 0.05)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != set.ParameterCount) throw new ArgumentException($"{names.Count} names for {set.ParameterCount} parameters", nameof(names));
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "a level lies between 0 and 1");
        var found = Uniforms(seed, set, names).Select(one => (one.Kind, one.Parameter, Result: KolmogorovSmirnov.Uniform(one.Values))).ToArray();
        var adjusted = Holm.Adjust(Array.ConvertAll(found, one => one.Result.PValue));
        return new CalibrationReport(
            [.. found.Zip(adjusted, (one, p) => new CalibrationTest(one.Kind, one.Parameter, one.Result.Statistic, one.Result.PValue, p, p >= level))], level);
    }

    private static IEnumerable<(string Kind, string Parameter, double[] Values)> Uniforms(Seed seed, CalibrationSet set, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++) yield return ("sbc", names[i], SimulationBasedCalibration.UniformRanks(seed.Derive("sbc").Derive(i), set, i));
        for (var i = 0; i < names.Count; i++) yield return ("coverage", names[i], ExpectedCoverage.Central(seed.Derive("coverage").Derive(i), set, i));
        if (names.Count > 1) yield return ("coverage", "joint", ExpectedCoverage.Ellipsoid(seed.Derive("ellipsoid"), set));
        yield return ("tarp", "joint", Tarp.UniformCoverage(seed.Derive("tarp"), set));
    }
}
