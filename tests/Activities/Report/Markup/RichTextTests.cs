using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Tests.Report.Markup;

public sealed class RichTextTests
{
    [Fact]
    public void Scripts_become_elements_of_the_page() =>
        Assert.Equal("<p>0.1 R<sub>500</sub>, kpc<sup>−2</sup>.</p>", new XElement("p", RichText.ToHtml("0.1 R_{500}, kpc^{−2}.")).ToString(SaveOptions.DisableFormatting));

    [Fact]
    public void A_label_starts_with_a_script() => Assert.Equal("<p><sup>2</sup>H</p>", new XElement("p", RichText.ToHtml("^{2}H")).ToString(SaveOptions.DisableFormatting));

    [Theory]
    [InlineData("no scripts")]
    [InlineData("{braces} alone {")]
    [InlineData("a_b^c")]
    [InlineData("open_{end")]
    [InlineData("")]
    public void Other_text_stays_as_it_is(string text) => Assert.Equal(text, RichText.ToPlain(text));

    [Fact]
    public void A_drawing_returns_to_the_line_after_a_script()
    {
        var text = new XElement("text", RichText.ToSvg("R_{500} x^{2}"));
        Assert.Equal("R500 x2", text.Value);
        Assert.Equal([".28em", "-.21em", "-.4em"], text.Elements().Select(span => span.Attribute("dy")!.Value));
    }
}
