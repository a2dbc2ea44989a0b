using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Regions;

/// <summary>
/// Reads DS9's region syntax line by line (SAOImage DS9 reference manual, "Regions"): frames, shapes with or without
/// parentheses, several statements on a line, comments, attributes.
/// </summary>
internal sealed class RegionParser(string name, RegionImage? image)
{
    private const int MostProblems = 20;

    private readonly List<RegionEntry> entries = [];
    private readonly List<Problem> problems = [];
    private RegionFrame? frame;
    private bool isFrameRefused;
    private bool subtractsByDefault;

    public IReadOnlyList<RegionEntry> Parse(string text)
    {
        var number = 0;
        foreach (var line in text.EnumerateLines())
        {
            number++;
            if (problems.Count == MostProblems) break;
            if (!line.TrimStart('\uFEFF').TrimStart().StartsWith('#')) Statements(line.TrimStart('\uFEFF').ToString(), number);
        }
        return problems.Count == 0 ? entries : throw new BadInputException(problems);
    }

    private void Statements(string line, int number)
    {
        var afterComment = false;
        foreach (var statement in RegionText.Split(line))
        {
            var (code, comment) = RegionText.CutComment(statement);
            // What follows the semicolon in a comment is comment as well, unless it is a statement.
            if (code.Length > 0 && (!afterComment || RegionShapes.IsKnown(RegionText.FirstWord(code)))) Guarded(code, comment, number);
            afterComment |= comment.Length > 0;
        }
    }

    private void Guarded(string code, string comment, int number)
    {
        try
        {
            Statement(code, comment, number);
        }
        catch (RegionSyntaxException wrong)
        {
            problems.Add(new Problem($"{name}:{number}", wrong.Found, wrong.Expected, wrong.Remedy));
        }
        catch (ArgumentException wrong)
        {
            problems.Add(new Problem($"{name}:{number}", RegionText.Show(code), wrong.InPlainWords(), "correct the line, or delete it"));
        }
    }

    private void Statement(string code, string comment, int number)
    {
        var word = RegionText.FirstWord(code);
        if (word == "global") subtractsByDefault = RegionText.IsSubtracted(code);
        else if (IsRefusedFrame(word)) Refuse(word);
        else if (FrameOf(word) is { } next) (frame, isFrameRefused) = (next, false);
        else if (!isFrameRefused) Shape(code, word, comment, number);
    }

    private void Shape(string code, string word, string comment, int number)
    {
        if (RegionShapes.IsAnnotation(word)) return;
        var values = new RegionValues(RegionText.Arguments(code), FrameFor(word, code), image);
        var subtracted = code.StartsWith('-') || (!code.StartsWith('+') && (subtractsByDefault || RegionText.IsSubtracted(comment)));
        entries.Add(values.Frame == RegionFrame.Sky
            ? new SkyEntry(RegionShapes.OnSky(word, values), subtracted, number)
            : new PixelEntry(RegionShapes.InPixels(word, values), subtracted, number));
    }

    private RegionFrame FrameFor(string word, string code)
    {
        RegionShapes.RequireKnown(word, code);
        return frame ?? throw new RegionSyntaxException(
            $"{RegionText.Show(code)} before any frame", "a line with fk5, icrs, image or physical first", "add the frame that the file was written in");
    }

    private static RegionFrame? FrameOf(string word) => word switch
    {
        "fk5" or "icrs" or "j2000" => RegionFrame.Sky,
        "image" => RegionFrame.Image,
        "physical" => RegionFrame.Physical,
        _ => null,
    };

    private static bool IsRefusedFrame(string word) =>
        word is "fk4" or "b1950" or "galactic" or "ecliptic" or "detector" or "amplifier" or "linear" or "wcs"
        || (word.Length == 4 && word.StartsWith("wcs", StringComparison.Ordinal));

    // Once is enough: the shapes that follow in this frame are not named each.
    private void Refuse(string word)
    {
        isFrameRefused = true;
        throw new RegionSyntaxException($"the frame {word}", "fk5, icrs, image or physical", "save the regions from DS9 in fk5");
    }
}
