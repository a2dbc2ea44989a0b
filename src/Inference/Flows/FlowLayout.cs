using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// Which weight of a flow, or of a classifier, is where, and what each unit may see. Hidden unit j has degree floor(j D / H), from 0 to D - 1;
/// a unit of degree m sees the conditions and the first m variables, and output i the units of degree i and below. Units of
/// degree 0 see conditions alone, so that the first variable too follows them.
/// </summary>
internal sealed class FlowLayout
{
    private readonly MaskedLayer[][] layers;

    private FlowLayout(FlowArchitecture architecture, int variables, int conditions, int[][] orders, bool classifier)
    {
        IsClassifier = classifier;
        Architecture = architecture;
        Variables = variables;
        Conditions = conditions;
        Orders = orders;
        Ranks = Array.ConvertAll(orders, Invert);
        UnitsUpTo = new int[variables];
        for (var j = 0; j < architecture.HiddenUnits; j++) for (var m = classifier ? 0 : Degree(j); m < variables; m++) UnitsUpTo[m]++;
        layers = new MaskedLayer[architecture.Transforms][];
        var offset = 0;
        for (var t = 0; t < layers.Length; t++) layers[t] = Transform(ref offset);
        ParameterCount = offset;
    }

    /// <summary>The layout of a flow.</summary>
    public static FlowLayout Flow(FlowArchitecture architecture, int variables, int conditions, int[][] orders) => new(architecture, variables, conditions, orders, classifier: false);

    /// <summary>The layout of a classifier: the network of one transform without masks and with a single output.</summary>
    public static FlowLayout Classifier(FlowArchitecture architecture, int variables, int conditions) =>
        new(architecture with { Transforms = 1, Bins = 0 }, variables, conditions, [[.. Enumerable.Range(0, variables)]], classifier: true);

    public FlowArchitecture Architecture { get; }

    public bool IsClassifier { get; }

    /// <summary>All that the memory of a pass depends on.</summary>
    public FlowShape Shape => new(Transforms, HiddenLayers, HiddenUnits, Variables, Conditions, OutputRows, Bins > 0);

    public int Variables { get; }

    public int Conditions { get; }

    public int ParameterCount { get; }

    public int Transforms => Architecture.Transforms;

    public int HiddenUnits => Architecture.HiddenUnits;

    public int HiddenLayers => Architecture.HiddenLayers;

    /// <summary>Bins of each spline, 0 without splines.</summary>
    public int Bins => Architecture.Bins;

    /// <summary>What the network says of one variable: shift, log-scale and, with splines, a width and a height for each bin and a slope for each inner knot.</summary>
    public int OutputsPerVariable => Bins == 0 ? 2 : 3 * Bins + 1;

    /// <summary>All that the network says: one number of a classifier, <see cref="OutputsPerVariable"/> a variable of a flow.</summary>
    public int OutputRows => IsClassifier ? 1 : OutputsPerVariable * Variables;

    /// <summary>The order in which each transform takes the variables that the one before gives.</summary>
    public int[][] Orders { get; }

    /// <summary>The place of each variable in a transform's order.</summary>
    public int[][] Ranks { get; }

    /// <summary>How many hidden units have at most a degree: they come first.</summary>
    public int[] UnitsUpTo { get; }

    /// <summary>The layers of a transform: hidden ones, then the outputs, <see cref="OutputsPerVariable"/> rows for each variable.</summary>
    public MaskedLayer[] Layers(int transform) => layers[transform];

    /// <summary>Orders for a new flow: as given, then alternately reversed and at random.</summary>
    public static int[][] DrawOrders(Seed seed, int transforms, int variables)
    {
        var random = seed.Stream();
        var orders = new int[transforms][];
        for (var t = 0; t < transforms; t++)
        {
            orders[t] = [.. Enumerable.Range(0, variables)];
            if (t % 2 == 1) Array.Reverse(orders[t]);
            else if (t > 0) random.Shuffle(orders[t].AsSpan());
        }
        return orders;
    }

    private static int[] Invert(int[] order)
    {
        var rank = new int[order.Length];
        for (var p = 0; p < order.Length; p++) rank[order[p]] = p;
        return rank;
    }

    private int Degree(int unit) => (int)((long)unit * Variables / HiddenUnits);

    // How many variables, or units of the layer before, a hidden unit sees.
    private int Seen(int layer, int unit) => (IsClassifier, layer) switch
    {
        (true, 0) => Variables,
        (true, _) => HiddenUnits,
        (false, 0) => Degree(unit),
        (false, _) => UnitsUpTo[Degree(unit)],
    };

    private MaskedLayer[] Transform(ref int offset)
    {
        var made = new MaskedLayer[HiddenLayers + 1];
        for (var l = 0; l < HiddenLayers; l++)
        {
            var visible = new int[HiddenUnits];
            for (var j = 0; j < HiddenUnits; j++) visible[j] = Conditions + Seen(l, j);
            made[l] = new MaskedLayer(Conditions + (l == 0 ? Variables : HiddenUnits), visible, offset);
            offset = made[l].End;
        }
        var seen = new int[OutputRows];
        for (var i = 0; i < seen.Length; i++) seen[i] = Conditions + UnitsUpTo[i / OutputsPerVariable];
        made[HiddenLayers] = new MaskedLayer(Conditions + HiddenUnits, seen, offset);
        offset = made[HiddenLayers].End;
        return made;
    }
}
