using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;

namespace ClusterSurvey.Runner.Observability;

/// <summary>An event as a line of JSON (CLEF), without secrets whatever it was given.</summary>
internal sealed class SecretlessLines : ITextFormatter
{
    private readonly RenderedCompactJsonFormatter json = new();

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        json.Format(logEvent, line);
        output.Write(KnownSecrets.TakeOutOf(line.ToString()));
    }
}
