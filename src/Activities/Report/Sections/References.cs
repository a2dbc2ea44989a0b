namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>What the method rests on.</summary>
public static class References
{
    public static IReadOnlyList<string> OfTheMethod { get; } =
    [
        "Dupourqué S. et al. 2023, A&A 673, A91 (arXiv:2303.15102): surface-brightness fluctuations and simulation-based inference of the X-COP clusters.",
        "Dupourqué S. et al. 2024, A&A 687, A58 (arXiv:2403.03064): the same for CHEX-MATE.",
        "Arévalo P. et al. 2012, MNRAS 426, 1793: power spectra of gapped images with the Mexican-hat filter.",
        "Churazov E. et al. 2012, MNRAS 421, 1123: from surface-brightness to density fluctuations.",
        "Papamakarios G. et al. 2019, AISTATS (arXiv:1805.07226): sequential neural likelihood.",
        "Papamakarios G. et al. 2017, NeurIPS (arXiv:1705.07057): masked autoregressive flows.",
        "Ghirardini V. et al. 2019, A&A 621, A41: universal thermodynamic profiles of the X-COP clusters.",
        "Vikhlinin A. et al. 2006, ApJ 640, 691: the density profile.",
    ];
}
