using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>How it was done, in sentences made from the settings that ran.</summary>
public static class MethodsSection
{
    /// <summary>The file of the references, beside the pages.</summary>
    public const string Bibliography = "methods.bib";

    public static XElement Draw(ReportModel model)
    {
        var references = Cited(model);
        return Html.Tag("section", null, Html.At("id", "methods"), Html.Tag("h2", null, "Method"),
            Paragraphs(model).Select(text => Html.Tag("p", null, WithLinks(text))),
            Html.Tag("h3", null, "References"),
            Html.Tag("ul", "refs", references.Select(reference => new XElement("li", Html.At("id", $"ref-{reference.Key}"), new XElement("code", reference.Key), " ", reference.InWords))),
            Html.Tag("p", "files", Html.Tag("a", null, Html.At("href", Bibliography), "BibTeX")));
    }

    /// <summary>What the paragraphs cite.</summary>
    public static IReadOnlyList<Reference> Cited(ReportModel model) => References.CitedBy(Paragraphs(model));

    // A key in brackets leads to its reference.
    private static IEnumerable<object> WithLinks(string text)
    {
        var at = 0;
        foreach (Match match in References.Citation().Matches(text))
        {
            yield return RichText.ToHtml(text[at..match.Index]);
            yield return Html.Tag("a", "cite", Html.At("href", $"#ref-{match.Groups[1].Value}"), match.Value);
            at = match.Index + match.Length;
        }
        yield return RichText.ToHtml(text[at..]);
    }

    private static IEnumerable<string> Paragraphs(ReportModel model)
    {
        var m = model.Methods;
        yield return $"The mean surface brightness of each cluster is described by {m.MeanModel} [Vikhlinin2006] with the temperature profile of the X-COP clusters [Ghirardini2019], fitted to the counts with the Poisson likelihood{(m.EnergyBand is null ? "" : $" in the {m.EnergyBand} band")}. "
            + $"Lengths are in units of R_{{500}} and follow from a {m.Cosmology}. The power of the fluctuation map around this mean is measured with the Mexican-hat filter [Arevalo2012] "
            + $"at {m.Scales} scales from {NumberText.Significant(m.SmallestScaleR500)} to {NumberText.Significant(m.LargestScaleR500)} R_{{500}}, where {Filter(m)}. Wave numbers are inverse lengths, k = 1/ℓ. The analysis follows that of the X-COP and CHEX-MATE clusters [Dupourque2023] [Dupourque2024].";
        yield return $"The density fluctuation δ, which the surface brightness shows in projection [Churazov2012], is a homogeneous, isotropic Gaussian field with the spectrum P(k) ∝ σ^{{2}} exp(−(k_{{inj}}/k)^{{2}}) k^{{−α}}, cut off at the dissipation scale. "
            + $"For each cluster {NumberText.Count(m.SimulationsPerCluster)} maps were simulated with {m.Simulator}, with the cluster’s own exposure, background and mask, parameters drawn from the prior ({Prior(m.Prior)}){Margin(m.PriorMargin)}, "
            + $"{SecondOrder(m)}. {Telescope(m)}The summary of a map is S = ln(power / null power) at each scale, with {Null(m)}.";
        yield return $"The likelihood of S is learnt for each cluster and region by neural likelihood estimation [Papamakarios2019] with {m.Estimator} [Papamakarios2017]; {Networks(m.Networks)}. Posteriors are evaluated on {m.PosteriorEvaluation}. "
            + "The joint posterior of a region multiplies the likelihoods of all its clusters, which share one set of parameters. " + CommonError(m.CommonErrorSurveys);
        if (m.Mach is not null) yield return $"Mach numbers follow from {m.Mach}; the scatter of the relation is drawn with the posterior. The turbulent pressure is γM^{{2}}/(γM^{{2}} + 3) of the total, with γ = 5/3.{(m.OtherMach is null ? "" : $" With the same draws the Mach number is also given by other published relations {m.OtherMach}; those for fluctuations of pressure take δP/P = δ.")}{Curves(model)}";
    }

    private static string Curves(ReportModel model) => model.PressureCurves.Count == 0 ? "" : $" The turbulent pressure is drawn beside that of simulations {string.Join(' ', model.PressureCurves.Select(curve => $"[{curve.CitationKey}]"))}, for the mean redshift and R_{{500}} of the clusters; "
        + "R_{200m} and M_{200} follow from R_{500} by the mass profile of [Navarro1997] with the mean concentration of [Duffy2008].";

    private static string Filter(MethodSettings m) => m.FilterMask switch
    {
        "region" => "the filter sees the pixels of the region alone",
        "full" => "the filter sees the whole image and the power is averaged in the region",
        var other => $"the filter mask is “{other}”",
    };

    private static string SecondOrder(MethodSettings m) => m.SecondOrder switch
    {
        "normalised" => "and the emission (1 + δ)^{2} divided by its mean, so that second order adds no smooth excess",
        "paper" => "and the emission (1 + δ)^{2} taken as it is, as in the publications",
        "refit" => "and a smooth factor over the mean model fitted to every map, observed or simulated: a function of the elliptical radius and of once and twice the elliptical angle",
        var other => $"with second order “{other}”",
    };

    private static string Telescope(MethodSettings m)
        => (m.Psf is null ? "" : $"Fluctuations are spread by {m.Psf} before the photons are drawn. ") + (m.Unresolved is null ? "" : $"The sky has a {m.Unresolved}. ");

    private static string Null(MethodSettings m) => m.NullSpectrum switch
    {
        "mean" => "the expected power of counting noise as null",
        "draw" => "one independent draw of counting noise as null",
        var other => $"null spectrum “{other}”",
    };

    private static string CommonError(int surveys) => surveys == 0
        ? "Errors that the learnt likelihoods have in common add up in the product; they were not measured here."
        : $"Errors that the learnt likelihoods have in common add up in the product: it is raised to the power 1/[1 + (N − 1) b] for N clusters [Pauli2011], with b measured region by region on {NumberText.Count(surveys)} simulated surveys of known truth, of which no network knows, apart for posteriors away from the ends of the prior and near them where that describes the surveys better.";

    private static string Margin(double margin) => margin == 0 ? "" : FormattableString.Invariant($" with its ends farther out by {100 * margin:g3} % of its range, so that they are learnt from both sides");

    private static string Networks(int count) => count == 1 ? "one network is trained" : $"the densities of {count} networks are averaged";

    private static string Prior(TurbulencePrior prior) => string.Join("; ", new[] { "log_{10} σ", "log_{10} ℓ_{inj}/R_{500}", "α" }
        .Select((name, p) => $"{name} {prior[p].Shape} from {NumberText.Significant(prior[p].Low)} to {NumberText.Significant(prior[p].High)}"));
}
