using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Settings;

/// <summary>Reads priors from files.</summary>
public static class SurveyPrior
{
    /// <summary>A prior over any parameters.</summary>
    /// <param name="nameOrPath">A name in data/priors, or the path of a prior file.</param>
    /// <exception cref="BadInputException">No such file, or not a prior.</exception>
    public static Prior ReadAny(string nameOrPath)
    {
        var path = ShippedData.Find("priors", nameOrPath, ".json");
        try
        {
            using var stream = File.OpenRead(path);
            return Prior.Read(stream);
        }
        catch (PriorFormatException wrong)
        {
            throw new BadInputException(path, wrong.Message, "a prior: {\"parameters\": [{\"name\": ..., \"distribution\": ...}, ...]}",
                "correct the file", wrong);
        }
    }

    /// <summary>A prior over the parameters of turbulence, in their fixed order.</summary>
    /// <exception cref="BadInputException">No such file, not a prior, or one over other parameters.</exception>
    public static Prior Read(string nameOrPath) => OverTurbulence(ReadAny(nameOrPath), nameOrPath);

    /// <summary>A prior over the parameters of turbulence, as a value of a workflow.</summary>
    /// <exception cref="BadInputException">Not a prior, or one over other parameters.</exception>
    public static Prior Parse(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return OverTurbulence(Prior.Read(Encoding.UTF8.GetBytes(json.ToJsonString())), "prior");
        }
        catch (PriorFormatException wrong)
        {
            throw new BadInputException("prior", wrong.Message, "a prior: {\"parameters\": [{\"name\": ..., \"distribution\": ...}, ...]}",
                "correct the prior", wrong);
        }
    }

    /// <summary>The prior as the JSON that model files keep.</summary>
    public static string ToJson(Prior prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        using var memory = new MemoryStream();
        prior.Write(memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static Prior OverTurbulence(Prior prior, string where) => prior.Names.SequenceEqual(TurbulenceParameters.Names) ? prior
        : throw new BadInputException(where, $"a prior over {string.Join(", ", prior.Names)}",
            $"one over {string.Join(", ", TurbulenceParameters.Names)}, in this order", "correct the names");
}
