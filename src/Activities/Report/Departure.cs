using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Activities.Report;

/// <summary>What simulated surveys have that the simulations of the survey have not.</summary>
public enum DepartureKind
{
    /// <summary>Nothing; but each is analysed as data are, with a fit of its own (<see cref="Physics.MeanModel.MockAnalysis"/>).</summary>
    Mocks,

    /// <summary>Fluctuations too small to be seen: sigma = 0.01.</summary>
    Null,

    /// <summary>Log-normal fluctuations of the density instead of Gaussian ones.</summary>
    LogNormal,

    /// <summary>The mean of (1 + delta)^2, left in the maps where the survey has it taken up.</summary>
    SecondOrder,

    /// <summary>Holes in a tenth of the usable pixels, with likelihoods that are learnt with them.</summary>
    Holes,
}

/// <summary>Surveys with a departure, recovered in one region: with the likelihoods of the survey, for more holes with those that are learnt with them.</summary>
/// <param name="Kind">The departure.</param>
/// <param name="Region">The region.</param>
/// <param name="Reference">The same surveys without it.</param>
/// <param name="Recovery">The surveys with it.</param>
public sealed record Departure(DepartureKind Kind, string Region, JointRecovery Reference, JointRecovery Recovery)
{
    /// <summary>The largest mean shift by more holes, in standard deviations.</summary>
    public const double LargestShiftByHoles = 0.2;

    /// <summary>The largest share of surveys without turbulence in which some may be claimed.</summary>
    public const double LargestShareOfDetections = 0.05;

    // Strong evidence (Jeffreys 1961): the data make the lowest tenth of the prior ten times less likely than it was.
    private const double DetectionFactor = 0.1;

    // The amplitude is the first parameter of a survey's prior.
    private const int Amplitude = 0;

    /// <summary>The share of surveys whose posterior all but excludes the lowest tenth of the amplitude's prior: a detection of turbulence.</summary>
    public double Detections => Recovery.Cases.Count(one => one.LowestTenth[Amplitude] < 0.1 * DetectionFactor) / (double)Recovery.Cases.Count;

    /// <summary>The median over the surveys of the limit below which the amplitude lies at 95 %, in the units of its parameter.</summary>
    public double MedianUpperLimit => Recovery.Cases.Select(one => one.UpperLimits[Amplitude]).Order().ElementAt(Recovery.Cases.Count / 2);

    /// <summary>How far each parameter moves.</summary>
    public IEnumerable<(string Parameter, RecoveryShift Shift)> Shifts() => Recovery.Names.Select((name, i) => (name, RecoveryShift.Of(Reference, Recovery, i)));

    /// <summary>What speaks against the survey. The shifts by log-normal fluctuations and by a second order that is left in say what an assumption costs; they are no fault of the survey.</summary>
    public IEnumerable<string> Objections()
    {
        var surveys = Recovery.Cases.Count;
        if (Kind == DepartureKind.Null && Detections - 2 * Math.Sqrt(LargestShareOfDetections * (1 - LargestShareOfDetections) / surveys) > LargestShareOfDetections)
            yield return FormattableString.Invariant($"{Region}: {100 * Detections:f0} % of the surveys without turbulence would claim some");
        if (Kind != DepartureKind.Holes) yield break;
        foreach (var (parameter, shift) in Shifts().Where(one => Math.Abs(one.Shift.Mean) - 2 * one.Shift.Error > LargestShiftByHoles))
            yield return FormattableString.Invariant($"{Region}: more holes move {parameter} by {shift.Mean:f2} +- {shift.Error:f2} standard deviations, beyond {LargestShiftByHoles}");
    }
}
