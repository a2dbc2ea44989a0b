using System.Globalization;
using System.Text;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Tells a web address the end of a run, as JSON.</summary>
internal static class Webhook
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    // What is told is for this address alone: an answer that sends elsewhere is a failure.
    private static readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = patience };

    /// <exception cref="BadInputException">A secret of the address is not there.</exception>
    /// <exception cref="HttpRequestException">The address cannot be reached, or does not take it.</exception>
    public static async Task Send(string address, ScheduleFireRow fire, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(Secrets.PutInto(address), UriKind.Absolute, out var uri)) throw new BadInputException(address, "no address, once its secrets are put in", "an address", "correct the secrets");
        using var body = new StringContent(JsonSerializer.Serialize(ScheduleTexts.ForMachines(fire), SurveyJson.Options), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(uri, body, cancellation);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}"));
    }
}
