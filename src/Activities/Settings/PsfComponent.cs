using ClusterSurvey.Physics.PointSpread;

namespace ClusterSurvey.Activities.Settings;

/// <summary>One profile of an instrument's point spread function, as data/instruments.csv has it.</summary>
/// <param name="CoreRadiusArcsec">King profile: rc in arcsec; null for a Gaussian.</param>
/// <param name="Slope">King profile: alpha; null for a Gaussian.</param>
/// <param name="HalfEnergyWidthArcsec">Gaussian: diameter that holds half of the light, in arcsec; null for a King profile.</param>
/// <param name="Weight">Its part of the light, in any unit.</param>
public sealed record PsfComponent(double? CoreRadiusArcsec, double? Slope, double? HalfEnergyWidthArcsec, double Weight)
{
    /// <summary>The point spread function of these components; none when there are none.</summary>
    public static PointSpreadFunction? Sum(IReadOnlyCollection<PsfComponent> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        return components.Count == 0 ? null : new PointSpreadFunction(components.Select(component => (component.Profile(), component.Weight)));
    }

    private PsfProfile Profile() => CoreRadiusArcsec is { } core ? new KingProfile(core, Slope!.Value) : GaussianProfile.OfHalfEnergyWidth(HalfEnergyWidthArcsec!.Value);
}
