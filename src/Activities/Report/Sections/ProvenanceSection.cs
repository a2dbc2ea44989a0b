using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Run, seed, versions, settings, inputs, timings, artifact keys.</summary>
internal static class ProvenanceSection
{
    public static XElement Draw(Provenance provenance) => Html.Tag("section", null, Html.At("id", "provenance"), Html.Tag("h2", null, "Provenance"),
        Html.Tag("p", null, "Run ", Html.Tag("code", null, provenance.RunId), ", seed ", Html.Tag("code", null, provenance.Seed),
            ". The same seed, inputs, settings and versions give the same numbers, whatever the order or the number of threads."),
        Block("Versions and machine", ["Name", "Value"], provenance.Versions.Select(Cells)),
        Block("Settings", ["Name", "Value"], provenance.Settings.Select(Cells)),
        Block("Inputs", ["File", "Bytes", "SHA-256"], provenance.Inputs.Select(input => new object[] { input.Name, input.Bytes is { } bytes ? NumberText.Count(bytes) : "–", Html.Tag("code", null, input.Sha256) })),
        Block("Timings", ["Step", "Runs", "From the cache", "Seconds"], provenance.Timings.Select(timing => new object[] { timing.Step, timing.Runs, timing.Cached, NumberText.Fixed(timing.Seconds, 1) })),
        Block("Artifacts", ["Cluster", "Step", "Kind", "Key"], provenance.Artifacts.Select(artifact => new object[] { artifact.Cluster, artifact.Step, artifact.Kind, Html.Tag("code", null, artifact.Key) })));

    private static object[] Cells(Fact fact) => [fact.Name, $"{fact.Value} {fact.Unit}".TrimEnd()];

    private static XElement? Block(string title, string[] headings, IEnumerable<object[]> rows)
    {
        var body = rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell)))).ToArray();
        return body.Length == 0 ? null : Html.Details(null, $"{title} ({body.Length})", open: false, Html.ScrollBox(new XElement("table",
            Html.Headings(headings), new XElement("tbody", body)), title));
    }
}
