namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The run ledger cannot be written or read: the run stops, because what it finishes would be lost.</summary>
public sealed class LedgerException(string message, Exception? cause) : IOException(message, cause);
