using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// The posterior of parameters that many independent objects share: p(theta | x_1, ..., x_N) is the prior times the
/// product of the objects' likelihoods, each with its own network, dimensions and data.
/// </summary>
public sealed class JointPosterior
{
    private readonly NamedCube[] objects;
    private readonly GridPosteriorOptions options;

    private JointPosterior(GridPosterior posterior, NamedCube[] objects, GridPosteriorOptions options, CommonError common) =>
        (Posterior, this.objects, this.options, CommonError) = (posterior, objects, options, common);

    /// <summary>The posterior of all objects.</summary>
    public GridPosterior Posterior { get; }

    /// <summary>The error that the likelihoods have in common where this posterior lies, of which it takes account.</summary>
    public CommonError CommonError { get; }

    /// <summary>The objects, as they entered.</summary>
    public IReadOnlyList<NamedCube> Objects => objects;

    /// <summary>The joint posterior of tabulated log-likelihoods on one grid; no network is evaluated.</summary>
    /// <param name="prior">The prior of the shared parameters; it enters once.</param>
    /// <param name="objects">The objects with their cubes, all on the same grid.</param>
    /// <param name="largestDepth">
    /// No object speaks against a parameter by more than this many nats (<see cref="LikelihoodCube.Floored"/>); infinity for no cap.
    /// </param>
    /// <param name="options">How finely; null for the defaults.</param>
    /// <param name="common">The error that the likelihoods have in common; they are taken to be right when nothing is said.</param>
    /// <exception cref="ArgumentException">No object, one name twice, or cubes on different grids.</exception>
    public static JointPosterior From(Prior prior, IEnumerable<NamedCube> objects, double largestDepth = double.PositiveInfinity, GridPosteriorOptions? options = null,
        CommonError common = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var named = objects.ToArray();
        var twice = named.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ArgumentException($"the object '{twice.Key}' stands there {twice.Count()} times: each enters a joint posterior once", nameof(objects));
        if (!double.IsPositiveInfinity(largestDepth)) named = Array.ConvertAll(named, one => one with { Cube = one.Cube.Floored(largestDepth) });
        var sum = LikelihoodCube.Sum(Array.ConvertAll(named, one => one.Cube));
        options ??= new();
        var here = common.Of(prior, sum, named.Length);
        return new JointPosterior(GridPosterior.From(prior, here.Correct(sum, named.Length), options), named, options, here);
    }

    /// <summary>
    /// The joint posterior of likelihoods that can be evaluated: they are tabulated together around the joint mass, so it
    /// is exact however narrow it is. The cubes of the single objects cover that mass only.
    /// </summary>
    /// <param name="prior">The prior of the shared parameters; it enters once.</param>
    /// <param name="objects">Name, likelihood and observation of every object.</param>
    /// <param name="options">How finely; null for the defaults.</param>
    /// <param name="progress">Told the fraction done of the tabulation.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    public static JointPosterior Compute(Prior prior, IReadOnlyList<(string Name, ILikelihood Likelihood, double[] X)> objects, GridPosteriorOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(objects);
        options ??= new();
        foreach (var (_, likelihood, x) in objects) ObservationCheck.Check(likelihood, x, prior.Count);
        var joint = new JointLikelihood(objects.Select(one => one.Likelihood));
        double[] all = [.. objects.SelectMany(one => one.X)];
        var box = GridSearch.Zoom(prior, GridSearch.RangeOf(prior), options.Search(prior.Count),
            grid => LikelihoodCube.Evaluate(joint, all, grid, null, cancellation).LogLikelihood.ToArray());
        var cubes = new NamedCube[objects.Count];
        GridPosterior.Tabulate(prior, box, options, grid =>
        {
            for (var i = 0; i < cubes.Length; i++)
            {
                cubes[i] = new(objects[i].Name, LikelihoodCube.Evaluate(objects[i].Likelihood, objects[i].X, grid, null, cancellation));
                progress?.Report((i + 1.0) / cubes.Length);
            }
            return LikelihoodCube.Sum(Array.ConvertAll(cubes, one => one.Cube));
        });
        return From(prior, cubes, options: options);
    }

    /// <summary>What every object does to the joint posterior, found by leaving it out; in the order of the objects.</summary>
    /// <param name="cancellation">Looked at before each object.</param>
    public ObjectContribution[] Contributions(CancellationToken cancellation = default)
    {
        if (objects.Length < 2) throw new InvalidOperationException("one object alone cannot be left out: contributions need two or more");
        var coarse = options with { DensityNodes = options.Likelihood(Posterior.Prior.Count) };
        var contributions = new ObjectContribution[objects.Length];
        for (var i = 0; i < objects.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rest = LikelihoodCube.Sum([.. objects.Where((_, j) => j != i).Select(one => one.Cube)]);
            contributions[i] = LeaveOneOut.Compare(objects[i], GridPosterior.From(Posterior.Prior, CommonError.Correct(rest, objects.Length - 1), coarse));
        }
        return contributions;
    }
}
