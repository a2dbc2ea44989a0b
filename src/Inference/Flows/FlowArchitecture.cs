namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The size of a masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017). Defaults are those of Python
/// <c>sbi</c>: five transforms, each a masked network with two hidden layers of 50 units.
/// </summary>
public sealed record FlowArchitecture
{
    /// <summary>Number of autoregressive transforms, 1 to 50; between two of them the variables change order.</summary>
    public int Transforms { get; init; } = 5;

    /// <summary>Units of one hidden layer, 1 to 4096.</summary>
    public int HiddenUnits { get; init; } = 50;

    /// <summary>Hidden layers of one transform, 1 to 8. From the second on they are residual.</summary>
    public int HiddenLayers { get; init; } = 2;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public void Validate()
    {
        Require(Transforms, 1, 50, nameof(Transforms));
        Require(HiddenUnits, 1, 4096, nameof(HiddenUnits));
        Require(HiddenLayers, 1, 8, nameof(HiddenLayers));
    }

    private static void Require(int value, int low, int high, string name)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"flow architecture: {name} is {value}, it goes from {low} to {high}");
    }
}
