using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.PointSpread;

namespace ClusterSurvey.Activities.Settings;

/// <summary>Which point spread function simulations and mocks have, as settings and command line write it.</summary>
public sealed record PsfSetting
{
    /// <summary>The default: that of the cluster's instrument.</summary>
    public const string Instrument = "instrument";

    /// <summary>What may be written, in words.</summary>
    public const string Allowed = "instrument, none, king, king:CORE_RADIUS:SLOPE or gaussian, gaussian:HALF_ENERGY_WIDTH, in arcsec";

    /// <summary>XMM's pn on its axis, and the half-energy width of XMM in round figures: what king and gaussian mean without numbers.</summary>
    private const double UsualCoreRadiusArcsec = 6.6, UsualSlope = 1.5, UsualHalfEnergyWidthArcsec = 15;

    // Wider than any X-ray mirror's.
    private const double WidestArcsec = 600;

    private readonly PsfProfile? profile;

    private PsfSetting(string text, PsfProfile? profile) => (Text, this.profile) = (text, profile);

    /// <summary>The setting as it is written.</summary>
    public string Text { get; }

    /// <exception cref="BadInputException">Not such a setting.</exception>
    public static PsfSetting Parse(string text, string where) =>
        TryParse(text, out var setting) ? setting! : throw new BadInputException(where, $"'{text}'", Allowed, "write for example gaussian:15");

    /// <summary>Reads a setting.</summary>
    public static bool TryParse(string text, out PsfSetting? setting)
    {
        ArgumentNullException.ThrowIfNull(text);
        setting = null;
        var parts = text.Split(':');
        var numbers = new double[parts.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
            if (!double.TryParse(parts[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return false;
        PsfProfile? profile = (parts[0], numbers) switch
        {
            ("king", []) => new KingProfile(UsualCoreRadiusArcsec, UsualSlope),
            ("king", [> 0 and <= WidestArcsec, > 1 and <= 10]) => new KingProfile(numbers[0], numbers[1]),
            ("gaussian", []) => GaussianProfile.OfHalfEnergyWidth(UsualHalfEnergyWidthArcsec),
            ("gaussian", [> 0 and <= WidestArcsec]) => GaussianProfile.OfHalfEnergyWidth(numbers[0]),
            _ => null,
        };
        if (profile is null && text is not (Instrument or "none")) return false;
        setting = new PsfSetting(text, profile);
        return true;
    }

    /// <summary>The point spread function of a cluster; none for a perfect telescope, and for an instrument of which nothing is known.</summary>
    /// <param name="instrument">The profiles of the cluster's instrument.</param>
    public PointSpreadFunction? Of(IReadOnlyCollection<PsfComponent> instrument) =>
        profile is not null ? PointSpreadFunction.Of(profile) : Text == Instrument ? PsfComponent.Sum(instrument) : null;
}
