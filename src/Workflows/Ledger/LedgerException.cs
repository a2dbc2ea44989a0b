namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The run ledger cannot be written or read: the run stops, because what it finishes would be lost.</summary>
public class LedgerException(string message, Exception? cause) : IOException(message, cause);

/// <summary>Another node has the job now: what this one still finishes of it does not count.</summary>
public sealed class LeaseLostException(string job) : LedgerException($"{job}: another node has taken it over", null);
