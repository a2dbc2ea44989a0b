using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Simulation;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The prior of the extra power of unresolved sources, as settings write it.</summary>
public static class UnresolvedPowerSetting
{
    /// <summary>The default: a flat sky.</summary>
    public const string None = "none";

    /// <summary>What may be written, in words.</summary>
    public const string Allowed = "none, or \"LO:HI\" with 0 < LO <= HI";

    /// <summary>Reads a setting; the sources are null for none.</summary>
    public static bool TryParse(string text, out UnresolvedSources? sources)
    {
        ArgumentNullException.ThrowIfNull(text);
        sources = null;
        if (text == None) return true;
        var parts = text.Split(':');
        if (parts.Length != 2
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            || !(low > 0 && high >= low && double.IsFinite(high))) return false;
        sources = new UnresolvedSources(low, high);
        return true;
    }

    /// <exception cref="BadInputException">Not such a setting.</exception>
    public static UnresolvedSources? Parse(string text, string where) =>
        TryParse(text, out var sources) ? sources : throw new BadInputException(where, $"'{text}'", Allowed, "write for example 1e-7:1e-5, in counts^2 s^-2 arcmin^-2");
}
