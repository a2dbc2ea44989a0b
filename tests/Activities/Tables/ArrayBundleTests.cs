using System.IO.Compression;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tables;

public sealed class ArrayBundleTests
{
    [Fact]
    public void Arrays_shapes_and_metadata_come_back()
    {
        var back = ArrayBundle.Read(new MemoryStream(Bytes(Example())), "bundle");
        Assert.Equal([1.5, double.NaN, -0.0, 4, 5, 6], back.Doubles("counts"));
        Assert.Equal([2, 3], back.Shape("counts"));
        Assert.Equal([1f, 2f], back.Singles("theta"));
        Assert.Equal([7, -8], back.Integers("pixels"));
        Assert.Equal([true, false, true], back.Booleans("mask"));
        Assert.Equal("A2142", (string)back.Metadata["name"]!);
        Assert.Equal(0.0909, (double)back.Metadata["redshift"]!);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_the_order_of_adding()
    {
        var other = new ArrayBundle { Metadata = new JsonObject { ["name"] = "A2142", ["redshift"] = 0.0909 } }
            .Add("pixels", [7, -8]).Add("mask", [true, false, true]).Add("theta", [1f, 2f]).Add("counts", [1.5, double.NaN, -0.0, 4, 5, 6], 2, 3);
        Assert.Equal(Bytes(Example()), Bytes(other));
    }

    [Fact]
    public void A_seekable_stream_and_a_pipe_get_the_same_bytes()
    {
        using var folder = new ScratchFolder();
        Example().Save(folder["a.npz"]);
        Assert.Equal(Bytes(Example()), File.ReadAllBytes(folder["a.npz"]));
        Assert.Equal([1f, 2f], ArrayBundle.Load(folder["a.npz"]).Singles("theta"));
    }

    [Fact]
    public void Every_entry_is_a_npy_file_as_numpy_expects()
    {
        using var zip = new ZipArchive(new MemoryStream(Bytes(Example())));
        Assert.Equal(["metadata.json", "counts.npy", "mask.npy", "pixels.npy", "theta.npy"], zip.Entries.Select(entry => entry.FullName));
        using var folder = new ScratchFolder();
        zip.GetEntry("counts.npy")!.ExtractToFile(folder["counts.npy"]);
        Assert.Equal([2, 3], Npy.Read(folder["counts.npy"]).Shape);
    }

    [Fact]
    public void A_bundle_that_was_deflated_by_another_program_is_read()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var metadata = zip.CreateEntry("metadata.json").Open()) metadata.Write("{}"u8);
            using var array = zip.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open();
            array.Write(NpyHeader.Write(NpyType.Float64, [1000]));
            array.Write(new byte[8000]);
        }
        Assert.Equal(new double[1000], ArrayBundle.Read(new MemoryStream(target.ToArray()), "b").Doubles("x"));
    }

    [Fact]
    public void A_name_or_a_kind_that_is_not_there_is_said_with_the_nearest()
    {
        var bundle = Example();
        Assert.Contains("did you mean 'counts'?", Refused.Message(() => bundle.Doubles("count")), StringComparison.Ordinal);
        Assert.Contains("Single", Refused.Message(() => bundle.Doubles("theta")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => bundle.Add("counts", new double[1]));
        Assert.Throws<ArgumentException>(() => bundle.Add("../counts", new double[1]));
        Assert.Throws<ArgumentException>(() => bundle.Add("short", new double[5], 2, 3));
    }

    [Fact]
    public void Damaged_bundles_are_refused_or_read_and_never_crash()
    {
        var sound = Bytes(Example());
        var (random, refused) = (new Seed(11).Stream(), 0);
        for (var trial = 0; trial < 2000; trial++)
        {
            var bytes = sound[..(trial % 4 == 0 ? random.NextInt32(sound.Length + 1) : sound.Length)];
            for (var i = 0; i < 4 && bytes.Length > 0; i++) bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
            try
            {
                ArrayBundle.Read(new MemoryStream(bytes), "damaged");
            }
            catch (BadInputException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 500, 2000);
    }

    private static ArrayBundle Example() => new ArrayBundle { Metadata = new JsonObject { ["name"] = "A2142", ["redshift"] = 0.0909 } }
        .Add("counts", [1.5, double.NaN, -0.0, 4, 5, 6], 2, 3).Add("theta", [1f, 2f]).Add("pixels", [7, -8]).Add("mask", [true, false, true]);

    private static byte[] Bytes(ArrayBundle bundle)
    {
        using var stream = new MemoryStream();
        bundle.Write(stream);
        return stream.ToArray();
    }
}
