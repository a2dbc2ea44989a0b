using System.CommandLine;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>The options that several of the sbi commands have, and the checks that they share.</summary>
internal static class SbiInput
{
    public static Option<string> Theta() => new("--theta") { Description = "parameters, row by row (CSV, .npy, Parquet)", Required = true };

    public static Option<string> X() => new("--x") { Description = "data, row by row (CSV, .npy, Parquet)", Required = true };

    public static Option<string> Model() => new("--model") { Description = "model file", Required = true };

    /// <summary>Refuses files that do not belong together.</summary>
    public static void RequireCount(string where, int found, int expected, string what)
    {
        if (found != expected) throw new BadInputException(where, $"{found} {what}", $"{expected}", "name files that belong together");
    }

    /// <summary>The same for pairs in two files; the library says which of the two it refuses.</summary>
    public static T Guard<T>(string theta, string x, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException unfit) when (unfit.Message.Split(' ', ':')[0] == "x")
        {
            return Guard<T>(x, () => throw unfit);
        }
        catch (Exception unfit) when (unfit is ArgumentException or TrainingFailedException)
        {
            return Guard<T>(theta, () => throw unfit);
        }
    }

    /// <summary>Does what the library may refuse, and says its refusal as a problem of the input.</summary>
    public static T Guard<T>(string where, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException(where, unfit.InPlainWords(), "numbers that can be learnt from, and options in their ranges", "correct the input", unfit);
        }
        catch (TrainingFailedException failed)
        {
            throw new BadInputException(where, failed.InPlainWords(), "pairs on which a training converges",
                "look for outliers in the pairs, or take another --seed", failed);
        }
    }
}
