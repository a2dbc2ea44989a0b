using ClusterSurvey.Activities.Fits;

namespace ClusterSurvey.Activities.Tests.Fits;

public sealed class FitsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(8, new byte[] { 0, 1, 2, 255 }, new[] { 0.0, 1, 2, 255 })]
    [InlineData(16, new byte[] { 0, 1, 255, 254, 128, 0, 127, 255 }, new[] { 1.0, -2, -32768, 32767 })]
    [InlineData(32, new byte[] { 0, 0, 0, 1, 255, 255, 255, 254, 128, 0, 0, 0, 0, 1, 0, 0 }, new[] { 1.0, -2, -2147483648, 65536 })]
    [InlineData(-32, new byte[] { 63, 128, 0, 0, 192, 0, 0, 0, 0, 0, 0, 0, 127, 192, 0, 0 }, new[] { 1.0, -2, 0, double.NaN })]
    public void Stored_numbers_become_values(int bitpix, byte[] stored, double[] expected) =>
        Assert.Equal(expected, Read(FitsBytes.Primary(bitpix, 2, 2).End().Raw(stored).Fill()).Pixels);

    [Fact]
    public void Numbers_of_64_bits_become_values()
    {
        Assert.Equal([1, -2], Read(FitsBytes.Primary(64, 2, 1).End().Raw(0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 254).Fill()).Pixels);
        Assert.Equal([1, -2], Read(FitsBytes.Primary(-64, 2, 1).End().Raw(63, 240, 0, 0, 0, 0, 0, 0, 192, 0, 0, 0, 0, 0, 0, 0).Fill()).Pixels);
    }

    [Fact]
    public void Scale_zero_and_blank_are_applied()
    {
        var image = Read(FitsBytes.Primary(16, 3, 1).Cards("BSCALE  =                  0.5", "BZERO   =                100.0", "BLANK   =                   -7").End().Shorts(0, 3, -7).Fill());
        Assert.Equal([100, 101.5, double.NaN], image.Pixels);
    }

    [Fact]
    public void Unsigned_shorts_come_through_the_zero_point() =>
        Assert.Equal([0, 32768, 65535], Read(FitsBytes.Primary(16, 3, 1).Cards(FitsBytes.Card("BZERO", 32768)).End().Shorts(short.MinValue, 0, short.MaxValue).Fill()).Pixels);

    [Fact]
    public void Rows_follow_each_other_and_x_runs_along_the_first_axis()
    {
        var image = Read(FitsBytes.Primary(16, 3, 2).End().Shorts(1, 2, 3, 4, 5, 6).Fill());
        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal(6, image.Pixels[1 * image.Width + 2]);
    }

    [Fact]
    public void Trailing_axes_of_length_1_are_no_obstacle()
    {
        var image = Read(FitsBytes.Primary(16, 2, 1, 1, 1).End().Shorts(1, 2).Fill());
        Assert.Equal((2, 1), (image.Width, image.Height));
    }

    [Fact]
    public void An_image_behind_a_table_is_taken_when_it_says_where_it_is()
    {
        FitsBytes File(params string[] sky) => FitsBytes.Primary(8).End()
            .Extension("BINTABLE", 8, 10, 3).End().Raw(new byte[30]).Fill()
            .Extension("IMAGE", 16, 2, 1).Cards(sky).Cards("EXTNAME = 'SECOND'").End().Shorts(8, 9).Fill();
        Assert.Contains("tables", Refusal(File()).Found, StringComparison.Ordinal);
        var image = Read(File(FitsBytes.TangentPlane));
        Assert.Equal([8, 9], image.Pixels);
        Assert.Equal((2, "SECOND", 0), (image.Hdu.Index, image.Hdu.Name, image.Primary.Hdu));
    }

    [Fact]
    public void Tables_after_the_image_are_listed_with_their_variable_part()
    {
        var file = FitsBytes.Primary(16, 2, 1).End().Shorts(8, 9).Fill()
            .Cards(["XTENSION= 'BINTABLE'", .. FitsBytes.Shape(8, 10, 3), FitsBytes.Card("PCOUNT", 5000), FitsBytes.Card("GCOUNT", 1)]).End().Raw(new byte[5030]).Fill()
            .Extension("TABLE", 8, 4, 1).End().Raw(new byte[4]).Fill();
        var hdus = FitsFile.List(folder.File("a.fits", file.ToArray()));
        Assert.Equal([FitsHduKind.Image, FitsHduKind.Table, FitsHduKind.Table], hdus.Select(hdu => hdu.Kind));
        Assert.Equal([4, 5030, 4], hdus.Select(hdu => hdu.DataBytes));
    }

    [Fact]
    public void Magic_bytes_decide_and_not_the_suffix()
    {
        var plain = FitsBytes.Primary(16, 2, 1).End().Shorts(8, 9).Fill().ToArray();
        foreach (var (name, content) in ((string, byte[])[])[("a.fits.gz", plain), ("a.img", FitsBytes.Gzip(plain)), ("a.FTZ", FitsBytes.Gzip(plain)), ("a.arf", plain)])
            Assert.Equal([8, 9], FitsFile.ReadImage(folder.File(name, content)).Pixels);
    }

    [Fact]
    public void Data_without_the_filling_of_their_last_block_are_whole() => Assert.Equal([8, 9], Read(FitsBytes.Primary(16, 2, 1).End().Shorts(8, 9)).Pixels);

    [Theory]
    [InlineData("SIMPLE", "SIMPLE  =                    F")]
    [InlineData("NAXIS", "NAXIS   =                 1000")]
    [InlineData("NAXIS1", "NAXIS1  =                   -2")]
    [InlineData("NAXIS1", "NAXIS1  =                  2.5")]
    [InlineData("NAXIS1", "NAXIS1  = '2       '")]
    [InlineData("BITPIX", "BITPIX  =                   24")]
    public void A_wrong_mandatory_keyword_is_named(string keyword, string card)
    {
        string[] cards = [.. ((string[])["SIMPLE  =                    T", .. FitsBytes.Shape(16, 2, 1)]).Select(sound => sound.StartsWith($"{keyword,-8}=", StringComparison.Ordinal) ? card : sound)];
        var refusal = Refusal(new FitsBytes().Cards(cards).End().Shorts(8, 9).Fill());
        Assert.Equal((0, keyword), (refusal.Hdu, refusal.Keyword));
        Assert.Contains(card[10..].Trim().Trim('\'').Trim(), refusal.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BITPIX")]
    [InlineData("NAXIS")]
    [InlineData("NAXIS2")]
    public void A_missing_mandatory_keyword_is_named(string keyword)
    {
        string[] cards = [.. ((string[])["SIMPLE  =                    T", .. FitsBytes.Shape(16, 2, 1)]).Where(card => !card.StartsWith($"{keyword,-8}=", StringComparison.Ordinal))];
        var refusal = Refusal(new FitsBytes().Cards(cards).End().Shorts(8, 9).Fill());
        Assert.Equal((keyword, "nothing"), (refusal.Keyword, refusal.Found));
    }

    [Fact]
    public void A_header_without_an_end_is_named()
    {
        Assert.Equal("END", Refusal(FitsBytes.Primary(16, 2, 1).Fill((byte)' ')).Keyword);
        Assert.Equal("END", Refusal(FitsBytes.Primary(16, 2, 1)).Keyword);
    }

    [Fact]
    public void An_endless_header_is_cut_at_the_limit()
    {
        var file = FitsBytes.Primary(16, 2, 1).Cards(Enumerable.Repeat("COMMENT again", 2000)).End().Shorts(1, 2).Fill();
        var limits = FitsLimits.Default with { MaximumHeaderCards = 360 };
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.File("a.fits", file.ToArray()), limits));
        Assert.Contains("360 header cards", refusal.Found, StringComparison.Ordinal);
        Assert.Equal([1, 2], Read(file).Pixels);
    }

    [Theory]
    [InlineData(3037000500, 3037000500)]
    [InlineData(long.MaxValue, 2)]
    [InlineData(2000000, 2000000)]
    [InlineData(100000, 3)]
    public void A_size_that_the_file_does_not_have_is_refused_before_it_is_allocated(long width, long height)
    {
        foreach (var content in (byte[][])[FitsBytes.Primary(-64, width, height).End().ToArray(), FitsBytes.Gzip(FitsBytes.Primary(-64, width, height).End().ToArray())])
        {
            var path = folder.File("a.fits", content);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<FitsException>(() => FitsFile.ReadImage(path));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_500_000);
        }
    }

    [Fact]
    public void An_image_above_the_limit_is_refused_though_the_file_holds_it()
    {
        var file = FitsBytes.Primary(8, 100, 100).End().Raw(new byte[10000]).Fill().ToArray();
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.File("a.fits", file), FitsLimits.Default with { MaximumPixels = 9999 }));
        Assert.Equal(("at most 9999 pixels", "NAXIS"), (refusal.Expected, refusal.Keyword));
    }

    [Fact]
    public void A_gzip_bomb_behind_a_sound_image_stops_at_the_limit()
    {
        var bomb = FitsBytes.Primary(16, 2, 1).End().Shorts(1, 2).Fill().Raw(new byte[20_000_000]).ToArray();
        var path = folder.File("a.fits.gz", FitsBytes.Gzip(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(path, FitsLimits.Default with { MaximumUnpackedBytes = 1_000_000 }));
        Assert.Contains("1000000 bytes when unpacked", refusal.Found, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Gzip_that_is_damaged_or_cut_short_is_refused()
    {
        var noise = new byte[5000];
        for (var i = 0; i < noise.Length; i++) noise[i] = (byte)(i * i * 31 / 7);
        var packed = FitsBytes.Gzip(FitsBytes.Primary(8, 100, 50).End().Raw(noise).Fill().ToArray());
        Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.File("cut.fits", packed[..(packed.Length / 2)])));
        // The last eight bytes are the checksum and the length of the data.
        var wrongChecksum = packed.ToArray();
        wrongChecksum[^8] ^= 1;
        Assert.Contains("gzip", Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.File("sum.fits", wrongChecksum))).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'B', (byte)'Z', (byte)'h', 57 }, "bzip2")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "zip")]
    [InlineData(new byte[] { 0x1F, 0x9D, 0x90 }, "compress")]
    public void Other_packers_are_named(byte[] start, string packer) =>
        Assert.StartsWith(packer, Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.File("a.fits", start))).Found, StringComparison.Ordinal);

    [Fact]
    public void Cubes_spectra_random_groups_and_tables_are_refused_by_name()
    {
        Assert.Contains("2 x 2 x 2", Refusal(FitsBytes.Primary(16, 2, 2, 2).End().Raw(new byte[16]).Fill()).Found, StringComparison.Ordinal);
        Assert.Contains("an array of 5", Refusal(FitsBytes.Primary(16, 5).End().Raw(new byte[10]).Fill()).Found, StringComparison.Ordinal);
        Assert.Equal("GROUPS", Refusal(FitsBytes.Primary(16, 0, 2).Cards("GROUPS  =                    T", FitsBytes.Card("PCOUNT", 1), FitsBytes.Card("GCOUNT", 1)).End().Raw(new byte[6]).Fill()).Keyword);
        Assert.Contains("tables", Refusal(FitsBytes.Primary(8).End().Extension("BINTABLE", 8, 10, 3).End().Raw(new byte[30]).Fill()).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        Assert.Equal("no such file", Assert.Throws<FitsException>(() => FitsFile.ReadImage(Path.Combine(folder.Path, "none.fits"))).Found);
        Assert.Equal("no such file", Assert.Throws<FitsException>(() => FitsFile.ReadImage(Path.Combine(folder.Path, "none", "a.fits"))).Found);
        Assert.Equal("a folder", Assert.Throws<FitsException>(() => FitsFile.ReadImage(folder.Path)).Found);
    }

    [Fact]
    public void The_message_says_where_what_and_what_to_do()
    {
        var refusal = Refusal(FitsBytes.Primary(24, 2, 1).End().Shorts(1, 2).Fill());
        Assert.Equal($"{Path.Combine(folder.Path, "a.fits")}[HDU 0] BITPIX: found 24, expected 8, 16, 32, 64, -32 or -64; correct the header, or name another file", refusal.Message);
    }

    [Fact]
    public void Maps_on_different_grids_are_refused_as_a_pair()
    {
        var one = Read(FitsBytes.Primary(8, 64, 64).Cards(FitsBytes.TangentPlane).End().Raw(new byte[4096]).Fill());
        var same = Read(FitsBytes.Primary(8, 64, 64).Cards(FitsBytes.TangentPlane.Select(card => card.Replace("32.5", "32.6", StringComparison.Ordinal))).End().Raw(new byte[4096]).Fill());
        var moved = Read(FitsBytes.Primary(8, 64, 64).Cards(FitsBytes.TangentPlane.Select(card => card.Replace("32.5", "33.5", StringComparison.Ordinal))).End().Raw(new byte[4096]).Fill());
        one.RequireSameGrid(same);
        Assert.Equal("CRVAL", Assert.Throws<FitsException>(() => one.RequireSameGrid(moved)).Keyword);
        Assert.Equal("CRVAL", Assert.Throws<FitsException>(() => one.RequireSameGrid(same, 0.01)).Keyword);
    }

    private FitsImage Read(FitsBytes file) => FitsFile.ReadImage(folder.File("a.fits", file.ToArray()));

    private FitsException Refusal(FitsBytes file) => Assert.Throws<FitsException>(() => Read(file));
}
