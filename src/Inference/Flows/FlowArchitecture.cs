namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The size of a masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017), or with <see cref="Bins"/> of a neural spline
/// flow (Durkan et al. 2019). Defaults are those of Python <c>sbi</c>: five transforms, each a masked network with two hidden layers of 50 units.
/// </summary>
public sealed record FlowArchitecture
{
    /// <summary>Number of autoregressive transforms, 1 to 50; between two of them the variables change order.</summary>
    public int Transforms { get; init; } = 5;

    /// <summary>Units of one hidden layer, 1 to 4096.</summary>
    public int HiddenUnits { get; init; } = 50;

    /// <summary>Hidden layers of one transform, 1 to 8. From the second on they are residual.</summary>
    public int HiddenLayers { get; init; } = 2;

    /// <summary>
    /// Bins of the rational-quadratic spline that follows the shift and scale of each variable in each transform, 2 to 32; 0 leaves the
    /// spline out, which is the plain masked autoregressive flow.
    /// </summary>
    public int Bins { get; init; }

    /// <summary>
    /// The default for a density of so many variables: with one or two, where little shape comes from one variable's dependence on others, splines of 8 bins;
    /// else none, which was measured to learn better from 10 000 pairs (docs/inference.md).
    /// </summary>
    public static FlowArchitecture For(int variables) => variables <= 2 ? Spline : new();

    /// <summary>The default size with splines of 8 bins.</summary>
    public static FlowArchitecture Spline { get; } = new() { Bins = 8 };

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public void Validate()
    {
        Require(Transforms, 1, 50, nameof(Transforms));
        Require(HiddenUnits, 1, 4096, nameof(HiddenUnits));
        Require(HiddenLayers, 1, 8, nameof(HiddenLayers));
        if (Bins != 0) Require(Bins, 2, 32, nameof(Bins));
    }

    private static void Require(int value, int low, int high, string name)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"flow architecture: {name} is {value}, it goes from {low} to {high}");
    }
}
