using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Report;

/// <summary>The Mach number of a region by one published relation.</summary>
/// <param name="Calibration">The relation.</param>
/// <param name="IsSelected">Whether the survey's derived quantities rest on it.</param>
/// <param name="Value">Three-dimensional Mach number; null where the relation is defined for less than half of the draws.</param>
/// <param name="Defined">The part of the draws for which the relation is defined.</param>
public sealed record CalibratedMach(MachCalibration Calibration, bool IsSelected, PosteriorSummary? Value, double Defined);
