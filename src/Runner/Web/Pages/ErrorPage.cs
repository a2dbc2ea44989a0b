using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>What is shown when a page cannot be.</summary>
internal static class ErrorPage
{
    public static IResult Show(int status, string message)
        => Layout.Page(status == StatusCodes.Status404NotFound ? "Not found" : "That did not work", null, [message.Split('\n').Select(line => new XElement("p", line)), new XElement("p", Layout.Link("/runs", "To the runs"))], status);

    public static IResult NotFound(string what) => Show(StatusCodes.Status404NotFound, $"{what} is not there.");
}
