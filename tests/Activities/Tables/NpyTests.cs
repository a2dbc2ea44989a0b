using System.Buffers.Binary;
using System.Text;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Support;
using CsCheck;

namespace ClusterSurvey.Activities.Tables;

public sealed class NpyTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_reads_back_bit_for_bit()
    {
        Gen.Double.Array[0, 60].Sample(values =>
        {
            Npy.Write(_folder["a.npy"], values, values.Length);
            var back = Npy.Read(_folder["a.npy"]);
            return back.Shape is [var side] && side == values.Length && values.Zip(back.Values).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second));
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void The_header_is_the_one_that_numpy_writes()
    {
        // numpy.save of zeros((2, 3)) and of zeros(1, 'f4'): NEP 1, version 1.0, padded to 64 bytes with a final newline.
        Npy.Write(_folder["a.npy"], new double[6], 2, 3);
        var bytes = File.ReadAllBytes(_folder["a.npy"]);
        Assert.Equal(128 + 48, bytes.Length);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0], bytes[..10]);
        Assert.Equal("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n", Encoding.ASCII.GetString(bytes, 10, 118));
        Npy.Write(_folder["b.npy"], new float[1], 1);
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", Encoding.ASCII.GetString(File.ReadAllBytes(_folder["b.npy"]), 10, 100), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|b1", new byte[] { 0, 1, 1 }, new[] { 0.0, 1, 1 })]
    [InlineData("|u1", new byte[] { 0, 7, 255 }, new[] { 0.0, 7, 255 })]
    [InlineData("<i2", new byte[] { 1, 0, 255, 255, 0, 128 }, new[] { 1.0, -1, -32768 })]
    [InlineData("<i4", new byte[] { 1, 0, 0, 0, 254, 255, 255, 255, 0, 0, 1, 0 }, new[] { 1.0, -2, 65536 })]
    [InlineData("<i8", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 1, 0, 0, 0 }, new[] { 5.0, -1, 4294967296 })]
    [InlineData("<f4", new byte[] { 0, 0, 128, 63, 0, 0, 0, 192, 0, 0, 0, 0 }, new[] { 1.0, -2, 0 })]
    public void Every_kind_of_number_is_read(string descr, byte[] data, double[] expected)
    {
        foreach (var version in new byte[] { 1, 2, 3 })
        {
            var array = Npy.Read(NpyFile($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (3,), }}", data, version));
            Assert.Equal(expected, array.Values);
            Assert.Equal([3], array.Shape);
        }
    }

    [Theory]
    [InlineData("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", "'>f8'")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "'|O'")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "structured")]
    [InlineData("{'descr': '<f8', 'fortran_order': True, 'shape': (1,), }", "Fortran")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "0 dimensions")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1, 1), }", "4 dimensions")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "84 for 2 numbers")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", "(-1)")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4, 4), }", "4611686018427387904")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, }", "shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'shape': (1,), }", "shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': __import__('os'), 'shape': (1,), }", "__import__")]
    public void What_cannot_be_read_is_named(string header, string found)
    {
        var path = NpyFile(header, new byte[8], 1);
        var problem = Assert.Single(Refused.By(() => Npy.Read(path)));
        Assert.Equal(path, problem.Where);
        Assert.Contains(found, problem.Found + problem.Expected, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void A_claim_of_exabytes_allocates_nothing()
    {
        var path = NpyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,), }", new byte[8], 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.By(() => Npy.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Whole_numbers_that_doubles_cannot_hold_are_refused()
    {
        var data = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(data, (1L << 53) + 1);
        Assert.Contains("9007199254740993", Refused.Message(() => Npy.Read(NpyFile("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", data, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_and_never_crash()
    {
        Npy.Write(_folder["a.npy"], new double[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        var sound = File.ReadAllBytes(_folder["a.npy"]);
        var (random, refused) = (new Seed(7).Stream(), 0);
        for (var trial = 0; trial < 3000; trial++)
        {
            var bytes = sound[..(trial % 3 == 0 ? random.NextInt32(sound.Length + 1) : sound.Length)];
            for (var i = 0; i < 3 && bytes.Length > 0; i++) bytes[random.NextInt32(Math.Min(bytes.Length, 100))] = (byte)random.NextInt32(256);
            try
            {
                Npy.Read(new MemoryStream(bytes), "damaged");
            }
            catch (BadInputException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 2000, 3000);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_bad_input()
    {
        Assert.Contains("no such file", Refused.Message(() => Npy.Read(_folder["none.npy"])), StringComparison.Ordinal);
        Refused.By(() => Npy.Read(_folder.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        Npy.Write(_folder["a.npy"], new double[] { 1 }, 1);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder["a.npy"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("full");
        }));
        Assert.Equal([1.0], Npy.Read(_folder["a.npy"]).Values);
        Assert.Equal([_folder["a.npy"]], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Arrays_of_other_programs_are_read()
    {
        var samples = Npy.Read(SharedData.Path("golden", "diagnostics", "calibrated_samples_LxRxd.npy"));
        Assert.Equal(3, samples.Shape.Length);
        Assert.All(samples.Values, value => Assert.True(double.IsFinite(value)));
        Assert.Equal([512, 512], Npy.Read(SharedData.Path("golden", "fluctuation-map", "mask.npy")).Shape);
        Assert.Equal(512 * 512, Npy.Read(SharedData.Path("golden", "fluctuation-map", "base.npy")).Values.Length);
    }

    private string NpyFile(string header, byte[] data, byte version)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] size = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return _folder.Write($"v{version}.npy", [0x93, .. "NUMPY"u8, version, 0, .. size, .. text, .. data]);
    }
}
