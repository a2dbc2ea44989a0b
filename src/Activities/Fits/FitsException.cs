using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Fits;

/// <summary>A FITS file, or what calls itself one, cannot be used: which file, HDU and keyword, what was found, what was expected, what to do.</summary>
public sealed class FitsException : BadInputException
{
    public FitsException(string file, int? hdu, string? keyword, string found, string expected, string remedy, Exception? cause = null)
        : base(Place(file, hdu, keyword), found, expected, remedy, cause) =>
        (File, Hdu, Keyword, Found, Expected, Remedy) = (file, hdu, keyword, found, expected, remedy);

    public string File { get; }

    /// <summary>0 for the primary HDU; none when the file as a whole is meant.</summary>
    public int? Hdu { get; }

    public string? Keyword { get; }

    public string Found { get; }

    public string Expected { get; }

    public string Remedy { get; }

    private static string Place(string file, int? hdu, string? keyword) =>
        file + (hdu is { } number ? $"[HDU {number}]" : "") + (keyword is null ? "" : " " + keyword);
}
