using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests.ModelFiles;

/// <summary>
/// Files that version 0.1.0 wrote in format 1, kept as they were: every later version reads them and computes from them what that one did.
/// When a format is added, a file of it joins these; none is ever written anew.
/// </summary>
public sealed class KeptModelFileTests
{
    // Vectors of other widths add in another order: the values agree to single precision, not to the bit.
    private const double Precision = 1e-4;

    private static readonly double[] X = [0.5, 1.2, 1.4], Theta = [0.2, 0.9, -0.5, 1.5];

    [Fact]
    public void A_likelihood_of_format_1_says_and_computes_what_it_did()
    {
        using var file = Open("format-1.nle");
        var model = NeuralLikelihood.Load(file);
        var values = new double[2];
        model.Evaluate(X, Theta, values);
        Assert.Equal(-3.8135018163815175, values[0], Precision);
        Assert.Equal(-3.9915114853316425, values[1], Precision);
        RequireDescription(model.Description, "nle");
        Assert.Null(model.Description.Bounds);
    }

    [Fact]
    public void A_posterior_of_format_1_says_and_computes_what_it_did()
    {
        using var file = Open("format-1.npe");
        var model = NeuralPosterior.Load(file);
        var values = new double[2];
        model.Evaluate(X, Theta, values);
        Assert.Equal(-1.3699853139995155, values[0], Precision);
        Assert.Equal(-1.5043091396493378, values[1], Precision);
        RequireDescription(model.Description, "npe");
        Assert.Equal([-1.0, 0], model.Description.Bounds!.Low);
        Assert.Equal([1.0, 2], model.Description.Bounds.High);
    }

    private static void RequireDescription(ModelDescription said, string method)
    {
        Assert.Equal((method, "0.1.0", 3, 100), (said.Method, said.LibraryVersion, said.DataCount, said.PairCount));
        Assert.Equal(["slope", "offset"], said.ParameterNames);
        Assert.Equal("c857680483b4f27b7b62fe8174a5d0b633e0cedbbf07ef7309dda826e6cb5846", said.PairsSha256);
        Assert.Contains("\"low\":-1", said.Prior, StringComparison.Ordinal);
        Assert.Equal([5, 5], said.Histories.Select(history => history.Epochs));
        Assert.Equal(1, said.Weights.Sum(), 1e-12);
    }

    private static FileStream Open(string name) => File.OpenRead(Path.Combine(SharedData.RepositoryRoot, "tests", "Inference", "ModelFiles", "Kept", name));
}
