namespace ClusterSurvey.Activities.Report;

/// <summary>How sigma of the clusters goes with one quantity of theirs in one region.</summary>
/// <param name="Numbers">The row of the table of trends.</param>
/// <param name="Label">The quantity with its unit, as rich text.</param>
/// <param name="Points">The clusters that have the quantity.</param>
public sealed record TrendResult(Tables.TrendRow Numbers, string Label, IReadOnlyList<TrendPoint> Points);

/// <summary>A cluster in a plot of a trend.</summary>
/// <param name="Cluster">Its name.</param>
/// <param name="Quantity">Its quantity.</param>
/// <param name="IsMeasured">True for a quantity that was measured on the maps.</param>
/// <param name="Sigma">Posterior of its sigma.</param>
public sealed record TrendPoint(string Cluster, double Quantity, bool IsMeasured, PosteriorSummary Sigma);
