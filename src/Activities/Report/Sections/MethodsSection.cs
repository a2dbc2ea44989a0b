using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>How it was done, in sentences made from the settings that ran.</summary>
internal static class MethodsSection
{
    public static XElement Draw(ReportModel model) => Html.Tag("section", null, Html.At("id", "methods"), Html.Tag("h2", null, "Method"),
        Paragraphs(model).Select(text => Html.Tag("p", null, RichText.ToHtml(text))),
        Html.Tag("h3", null, "References"), Html.Tag("ol", "refs", model.References.Select(reference => new XElement("li", reference))));

    private static IEnumerable<string> Paragraphs(ReportModel model)
    {
        var m = model.Methods;
        yield return $"The mean surface brightness of each cluster is described by {m.MeanModel}, fitted to the counts with the Poisson likelihood{(m.EnergyBand is null ? "" : $" in the {m.EnergyBand} band")}. "
            + $"Lengths are in units of R_{{500}} and follow from a {m.Cosmology}. The power of the fluctuation map around this mean is measured with the Mexican-hat filter of Arévalo et al. (2012) "
            + $"at {m.Scales} scales from {NumberText.Significant(m.SmallestScaleR500)} to {NumberText.Significant(m.LargestScaleR500)} R_{{500}}, where {Filter(m)}. Wave numbers are inverse lengths, k = 1/ℓ.";
        yield return $"The density fluctuation δ is a homogeneous, isotropic Gaussian field with the spectrum P(k) ∝ σ^{{2}} exp(−(k_{{inj}}/k)^{{2}}) k^{{−α}}, cut off at the dissipation scale. "
            + $"For each cluster {NumberText.Count(m.SimulationsPerCluster)} maps were simulated with {m.Simulator}, with the cluster’s own exposure, background and mask, parameters drawn from the prior ({Prior(m.Prior)}), "
            + $"{SecondOrder(m)}. {Telescope(m)}The summary of a map is S = ln(power / null power) at each scale, with {Null(m)}.";
        yield return $"The likelihood of S is learnt for each cluster and region by neural likelihood estimation with {m.Estimator}; {Networks(m.Networks)}. Posteriors are evaluated on {m.PosteriorEvaluation}. "
            + "The joint posterior of a region multiplies the likelihoods of all its clusters, which share one set of parameters.";
    }

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
        "refit" => "and the mean model fitted anew to every simulated map, to first order in its parameters",
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

    private static string Networks(int count) => count == 1 ? "one network is trained" : $"the densities of {count} networks are averaged";

    private static string Prior(TurbulencePrior prior) => string.Join("; ", new[] { "log_{10} σ", "log_{10} ℓ_{inj}/R_{500}", "α" }
        .Select((name, p) => $"{name} {prior[p].Shape} from {NumberText.Significant(prior[p].Low)} to {NumberText.Significant(prior[p].High)}"));
}
