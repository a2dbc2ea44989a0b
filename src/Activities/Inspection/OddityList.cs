using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>Collects the oddities of one place.</summary>
internal sealed class OddityList(string place)
{
    private readonly List<Oddity> oddities = [];

    public IReadOnlyList<Oddity> Oddities => oddities;

    public void Note(string code, string found, string expected, string remedy) => Add(OdditySeverity.Note, code, found, expected, remedy);

    public void Warn(string code, string found, string expected, string remedy) => Add(OdditySeverity.Warning, code, found, expected, remedy);

    public void Error(string code, string found, string expected, string remedy) => Add(OdditySeverity.Error, code, found, expected, remedy);

    public void Error(string code, BadInputException failure) =>
        oddities.AddRange(failure.Problems.Select(problem => new Oddity(OdditySeverity.Error, code, problem)));

    private void Add(OdditySeverity severity, string code, string found, string expected, string remedy) =>
        oddities.Add(new(severity, code, new Problem(place, found, expected, remedy)));
}
