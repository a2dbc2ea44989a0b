using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.ModelFiles;

public class ModelFileTests
{
    private static readonly NeuralLikelihood Model = NeuralLikelihood.Train(new Seed(1), new LinearGaussian().Pairs(new Seed(2), 100), new EnsembleOptions
    {
        Architecture = new FlowArchitecture { Transforms = 2, HiddenUnits = 6 },
        Training = new TrainingOptions { MaxEpochs = 2 },
        Networks = 2,
        ParameterNames = ["slope", "log10_sigma"],
        Prior = """{"parameters":[]}""",
    });

    [Fact]
    public void A_model_comes_back_bit_for_bit()
    {
        var file = Saved();
        var loaded = NeuralLikelihood.Load(new MemoryStream(file));
        double[] theta = [0.5, -1, 1.5, 0.1], before = new double[2], after = new double[2];
        Model.Evaluate([1, 2, 3, 4], theta, before);
        loaded.Evaluate([1, 2, 3, 4], theta, after);
        Assert.Equal(before, after);
        Assert.Equal(Model.Sample(new Seed(3), [0.5, -1], 5), loaded.Sample(new Seed(3), [0.5, -1], 5));
        using var again = new MemoryStream();
        loaded.Save(again);
        Assert.Equal(file, again.ToArray());
    }

    [Fact]
    public void A_model_says_what_it_is()
    {
        var said = NeuralLikelihood.Load(new MemoryStream(Saved())).Description;
        Assert.Equal(["slope", "log10_sigma"], said.ParameterNames);
        Assert.Equal(("nle", 4, 100, """{"parameters":[]}"""), (said.Method, said.DataCount, said.PairCount, said.Prior));
        Assert.Equal(Model.Description.PairsSha256, said.PairsSha256);
        Assert.Equal(64, said.PairsSha256.Length);
        Assert.Equal(Model.Description.Histories[1].ValidationLoss, said.Histories[1].ValidationLoss);
        Assert.NotEmpty(said.LibraryVersion);
        Assert.Equal(("nle", said.PairsSha256), (ModelDescription.Read(new MemoryStream(Saved())).Method, ModelDescription.Read(new MemoryStream(Saved())).PairsSha256));
    }

    [Fact]
    public void Other_pairs_have_another_hash()
    {
        var (theta, x) = new LinearGaussian().Simulate(new Seed(2), 100);
        string Hash() => PairsHash.Compute(new InMemoryPairs(theta, x, 2, 4), TestContext.Current.CancellationToken);
        Assert.Equal(Model.Description.PairsSha256, Hash());
        x[399] += 0.001f;
        Assert.NotEqual(Model.Description.PairsSha256, Hash());
    }

    [Fact]
    public void Damage_anywhere_is_noticed()
    {
        var file = Saved();
        for (var at = 16; at < file.Length; at += 97)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 0x10;
            Assert.Contains("damaged", Refused(damaged), StringComparison.Ordinal);
        }
        foreach (var length in (int[])[0, 7, 12, 100, file.Length - 1]) Refused(file[..length]);
    }

    [Fact]
    public void Another_file_is_named_by_its_first_letters() => Assert.Contains("'SIMPLE  '", Refused(Encoding.ASCII.GetBytes("SIMPLE  =                    T")), StringComparison.Ordinal);

    [Fact]
    public void A_later_format_asks_for_a_later_version()
    {
        var file = Saved();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), 3);
        Assert.Contains("has format 3", Refused(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"method\":\"nle\"", "\"method\":\"npe\"", "method 'npe', expected 'nle'")]
    [InlineData("\"transforms\":2", "\"transforms\":3", "an order of 4 variables for each of 3 transforms")]
    [InlineData("\"hidden_units\":6", "\"hidden_units\":0", "HiddenUnits is 0")]
    [InlineData("\"data_count\":4", "\"data_count\":5", "2 parameters and 4 data, it names 2 and 5")]
    [InlineData("network1/transform0/layer1/bias", "network1/transform0/layer1/bits", "tensor 15 of the model file is network1/transform0/layer1/bits[6]")]
    [InlineData("\"networks\"", "\"netwerks\"", "header")]
    public void A_header_that_contradicts_itself_is_refused(string part, string changed, string said) =>
        Assert.Contains(said, Refused(WithHeader(h => h.Replace(part, changed, StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void Unknown_keys_of_a_later_minor_version_are_passed_over() =>
        Assert.Equal("nle", NeuralLikelihood.Load(new MemoryStream(WithHeader(h => "{\"colour\":\"blue\"," + h[1..]))).Description.Method);

    private static byte[] Saved()
    {
        using var stream = new MemoryStream();
        Model.Save(stream);
        return stream.ToArray();
    }

    private static string Refused(byte[] file) => Assert.Throws<ModelFileException>(() => NeuralLikelihood.Load(new MemoryStream(file))).Message;

    private static byte[] WithHeader(Func<string, string> change)
    {
        var file = Saved();
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(12));
        var header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, 16, length)));
        byte[] changed = [.. file[..16], .. header, .. file[(16 + length)..^32]];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(12), (uint)header.Length);
        return [.. changed, .. SHA256.HashData(changed)];
    }
}
