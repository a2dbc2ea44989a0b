using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Physics;

namespace ClusterSurvey.Activities.Samples;

/// <summary>
/// What the analysis of one cluster depends on: where it is, how large, and the files of its maps. Everything else of its row
/// (indicators, notes) is left out, so that correcting it computes nothing again.
/// </summary>
public sealed record ClusterObservation
{
    public required string Name { get; init; }

    public required double RaDeg { get; init; }

    public required double DecDeg { get; init; }

    public required double Redshift { get; init; }

    public required double R500Kpc { get; init; }

    /// <summary>Hydrogen column density in cm^-2, used when there is no map of it; null when unknown.</summary>
    public double? ColumnDensityCm2 { get; init; }

    /// <summary>s or cm2_s.</summary>
    public required string ExposureUnit { get; init; }

    /// <summary>Factor that brings the background map to the observation's scale.</summary>
    public required double BackgroundFactor { get; init; }

    /// <summary>The point spread function of the row's instrument; empty when the table of instruments does not have it.</summary>
    public IReadOnlyList<PsfComponent> PointSpread { get; init; } = [];

    public required InputFile Counts { get; init; }

    public required InputFile Exposure { get; init; }

    public InputFile? Background { get; init; }

    /// <summary>Region files and FITS masks.</summary>
    public IReadOnlyList<InputFile> Masks { get; init; } = [];

    public InputFile? ColumnDensityMap { get; init; }

    /// <summary>The observation of a row whose files have been found; theta500 becomes R500 in the standard cosmology.</summary>
    public static ClusterObservation Of(SampleRow row, MapFiles files)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(files);
        return new ClusterObservation
        {
            Name = row.Name,
            RaDeg = row.RaDeg,
            DecDeg = row.DecDeg,
            Redshift = row.Redshift,
            R500Kpc = R500KpcOf(row),
            ColumnDensityCm2 = row.ColumnDensity1E20Cm2 * 1e20,
            ExposureUnit = row.ExposureUnit,
            BackgroundFactor = row.BackgroundFactor,
            PointSpread = InstrumentTable.Shipped.Find(row.Instrument),
            Counts = new InputFile(files.Counts),
            Exposure = new InputFile(files.Exposure),
            Background = files.Background is null ? null : new InputFile(files.Background),
            Masks = [.. files.Masks.Select(mask => new InputFile(mask))],
            ColumnDensityMap = files.ColumnDensity is null ? null : new InputFile(files.ColumnDensity),
        };
    }

    /// <summary>R500 of a row in kpc, whichever of length and angle it gives.</summary>
    public static double R500KpcOf(SampleRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.R500Kpc ?? Cosmology.Standard.Length(new Arcminute(row.Theta500Arcmin!.Value), new Redshift(row.Redshift)).Value;
    }
}
