using System.Text.RegularExpressions;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>A publication as BibTeX has it; a field that is not known for certain is left out.</summary>
/// <param name="Key">What texts cite it by.</param>
/// <param name="Kind">article or inproceedings.</param>
/// <param name="Authors">Authors as BibTeX writes them.</param>
/// <param name="Title">Title.</param>
/// <param name="Year">Year.</param>
/// <param name="Where">Journal or proceedings.</param>
/// <param name="Volume">Volume; null for proceedings.</param>
/// <param name="Pages">First page or article number.</param>
/// <param name="Preprint">Number at arXiv.</param>
public sealed record Reference(string Key, string Kind, string Authors, string Title, int Year, string Where, string? Volume = null, string? Pages = null, string? Preprint = null)
{
    /// <summary>In a list of references.</summary>
    public string InWords => $"{Authors.Replace(" and others", " et al.", StringComparison.Ordinal).Replace(" and ", "; ", StringComparison.Ordinal)} {Year}, {Title}, {string.Join(", ", new[] { Where, Volume, Pages, Preprint is null ? null : $"arXiv:{Preprint}" }.OfType<string>())}.";

    /// <summary>The entry of a .bib file, letters beyond ASCII as they are (UTF-8).</summary>
    public string ToBibTeX()
    {
        (string Name, string? Value)[] fields =
        [
            ("author", Authors), ("title", $"{{{Title}}}"), ("year", Year.ToString(System.Globalization.CultureInfo.InvariantCulture)), (Kind == "article" ? "journal" : "booktitle", Where),
            ("volume", Volume), ("pages", Pages), ("eprint", Preprint), ("archivePrefix", Preprint is null ? null : "arXiv"),
        ];
        return $"@{Kind}{{{Key},\n{string.Concat(fields.Where(field => field.Value is not null).Select(field => $"  {field.Name} = {{{field.Value}}},\n"))}}}\n";
    }
}

/// <summary>What the method rests on. Texts cite a publication by its key in brackets, <c>[Arevalo2012]</c>.</summary>
public static partial class References
{
    /// <summary>Everything that can be cited.</summary>
    public static IReadOnlyList<Reference> All { get; } =
    [
        new("Dupourque2023", "article", "Dupourqué, S. and others", "Investigating the turbulent hot gas in X-COP galaxy clusters", 2023, "A&A", "673", "A91", "2303.15102"),
        new("Dupourque2024", "article", "Dupourqué, S. and others", "CHEX-MATE: Turbulence in the intra-cluster medium from X-ray surface brightness fluctuations", 2024, "A&A", "687", "A58", "2403.03064"),
        new("Arevalo2012", "article", "Arévalo, P. and Churazov, E. and others", "A Mexican hat with holes: calculating low-resolution power spectra from data with gaps", 2012, "MNRAS", "426", "1793"),
        new("Churazov2012", "article", "Churazov, E. and others", "X-ray surface brightness and gas density fluctuations in the Coma cluster", 2012, "MNRAS", "421", "1123"),
        new("Papamakarios2019", "inproceedings", "Papamakarios, G. and Sterratt, D. and Murray, I.", "Sequential Neural Likelihood: Fast Likelihood-free Inference with Autoregressive Flows", 2019, "AISTATS", Preprint: "1805.07226"),
        new("Pauli2011", "article", "Pauli, F. and Racugno, W. and Ventura, L.", "Bayesian composite marginal likelihoods", 2011, "Statistica Sinica", "21", "149"),
        new("Papamakarios2017", "inproceedings", "Papamakarios, G. and Pavlakou, T. and Murray, I.", "Masked Autoregressive Flow for Density Estimation", 2017, "NeurIPS", Preprint: "1705.07057"),
        new("Ghirardini2019", "article", "Ghirardini, V. and others", "Universal thermodynamic properties of the intracluster medium over two decades in radius in the X-COP sample", 2019, "A&A", "621", "A41"),
        new("Vikhlinin2006", "article", "Vikhlinin, A. and others", "Chandra Sample of Nearby Relaxed Galaxy Clusters: Mass, Gas Fraction, and Mass-Temperature Relation", 2006, "ApJ", "640", "691"),
        new("Zhuravleva2014", "article", "Zhuravleva, I. and others", "The Relation between Gas Density and Velocity Power Spectra in Galaxy Clusters: Qualitative Treatment and Cosmological Simulations", 2014, "ApJ", "788", "L13"),
        new("Shaw2010", "article", "Shaw, L. D. and Nagai, D. and Bhattacharya, S. and Lau, E. T.", "Impact of Cluster Physics on the Sunyaev-Zel'dovich Power Spectrum", 2010, "ApJ", "725", "1452", "1006.1945"),
        new("Nelson2014", "article", "Nelson, K. and Lau, E. T. and Nagai, D.", "Hydrodynamic Simulation of Non-thermal Pressure Profiles of Galaxy Clusters", 2014, "ApJ", "792", "25"),
        new("Battaglia2012", "article", "Battaglia, N. and Bond, J. R. and Pfrommer, C. and Sievers, J. L.", "On the Cluster Physics of Sunyaev-Zel'dovich Surveys I: The Influence of Feedback, Non-thermal Pressure and Cluster Shapes on Y-M Scaling Relations", 2012, "ApJ", "758", "74", "1109.3709"),
        new("Navarro1997", "article", "Navarro, J. F. and Frenk, C. S. and White, S. D. M.", "A Universal Density Profile from Hierarchical Clustering", 1997, "ApJ", "490", "493"),
        new("Duffy2008", "article", "Duffy, A. R. and others", "Dark matter halo concentrations in the Wilkinson Microwave Anisotropy Probe year 5 cosmology", 2008, "MNRAS", "390", "L64", "0804.2486"),
        new("GaspariChurazov2013", "article", "Gaspari, M. and Churazov, E.", "Constraining turbulence and conduction in the hot ICM through density perturbations", 2013, "A&A", "559", "A78", "1307.4397"),
        new("Mohapatra2020", "article", "Mohapatra, R. and Federrath, C. and Sharma, P.", "Turbulence in stratified atmospheres: implications for the intracluster medium", 2020, "MNRAS", "493", "5838", "2001.06494"),
        new("Zhuravleva2023", "article", "Zhuravleva, I. and others", "Indirect measurements of gas velocities in galaxy clusters: effects of ellipticity and cluster dynamic state", 2023, "MNRAS", "520", "5157"),
    ];

    /// <summary>The publications that texts cite, in the order in which they first do.</summary>
    /// <exception cref="ArgumentException">A key that no publication has.</exception>
    public static IReadOnlyList<Reference> CitedBy(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.SelectMany(text => Citation().Matches(text)).Select(match => match.Groups[1].Value).Distinct()
            .Select(key => All.FirstOrDefault(reference => reference.Key == key) ?? throw new ArgumentException($"no publication has the key {key}; there are {string.Join(", ", All.Select(reference => reference.Key))}", nameof(texts)))];
    }

    /// <summary>A .bib file of publications.</summary>
    public static string ToBibTeX(IEnumerable<Reference> references) => string.Join('\n', references.Select(reference => reference.ToBibTeX()));

    /// <summary>A key in brackets: a word of letters that ends in a year.</summary>
    [GeneratedRegex(@"\[([A-Z][A-Za-z]+\d{4})\]")]
    internal static partial Regex Citation();
}
