namespace ClusterSurvey.Activities.Fits;

/// <summary>Makes text from a stranger's file fit for a message.</summary>
internal static class Printable
{
    /// <summary>At most 60 characters, with a question mark for each that does not print.</summary>
    public static string Cut(string text)
    {
        var shown = string.Concat(text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return shown.Length == 0 ? "nothing" : text.Length > 60 ? shown + "..." : shown;
    }
}
