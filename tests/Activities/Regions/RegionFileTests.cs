using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Regions;
using ClusterSurvey.Physics.Sky;
using ClusterSurvey.Support;
using CsCheck;

namespace ClusterSurvey.Activities.Tests.Regions;

public sealed class RegionFileTests
{
    private static readonly SkyPosition Centre = new(10, 20);

    [Fact]
    public void The_source_mask_of_a2142_holds_226_circles_all_but_two_of_30_arcsec()
    {
        var file = Read("A2142_src_ps.reg");
        Assert.Equal(226, file.Entries.Count);
        var radii = file.Entries.Select(entry => 3600 * Assert.IsType<SkyCircle>(Assert.IsType<SkyEntry>(entry).Region).RadiusDegrees).Order().ToArray();
        Assert.All(radii[..224], radius => Assert.Equal(30, radius, 0.01));
        Assert.Equal(116.8, radii[224], 0.01);
        Assert.Equal(231.5, radii[225], 0.01);
        Assert.Equal(new SkyCircle(new(239.676004, 26.899303), 0.008333), ((SkyEntry)file.Entries[0]).Region);
        Assert.Equal(3, file.Entries[0].Line);
    }

    [Fact]
    public void Other_real_files_are_read()
    {
        Assert.All(Read("srclist_MACSJ0717.5+3745.reg").Entries, entry => Assert.IsType<SkyCircle>(Assert.IsType<SkyEntry>(entry).Region));
        // DS9 counts pixels from 1.
        Assert.Equal(new PixelBox(new(419.72229, 742.12066), 18.611458, 118.25974, 0), Only("pyxel_box.reg"));
        Assert.Equal(new PixelCircle(new(416, 684), 60), Only("pyxel_circle.reg"));
        Assert.Equal(new PixelEllipticalAnnulus(new(404.00046 - 1, 685.99828 - 1), 30.487805, 15.243902, 182.92683, 91.463415, 359.99966), Only("pyxel_ell_annulus.reg"));
        var rosat = RegionFile.Read(SharedData.Path("maps", "rosat_a3158", "test_region.reg"));
        Assert.Equal(new SkyEllipse(new(57.2867979, -53.7440035), 807.155 / 3600, 582.945 / 3600, 90), ((SkyEntry)rosat.Entries[0]).Region);

        static PixelRegion Only(string name) => Assert.IsType<PixelEntry>(Assert.Single(Read(name).Entries)).Region;
    }

    [Fact]
    public void The_area_of_the_a2142_mask_is_that_of_its_circles()
    {
        // On pixels of 2.5 arcsec; the overlaps take some per cent.
        var wcs = Wcs.NorthUp(new(239.586, 27.229), new(1000, 1000), 2.5 / 60);
        var file = Read("A2142_src_ps.reg");
        var area = file.Entries.Sum(entry => Math.PI * Math.Pow(((SkyCircle)((SkyEntry)entry).Region).RadiusDegrees * 3600 / 2.5, 2));
        Assert.InRange(file.Excluded(wcs, 2001, 2001).Count(set => set), 0.9 * area, area);
    }

    [Theory]
    [InlineData("fk5;circle(10,20,0.5)", 0.5)]
    [InlineData("FK5\ncircle(10,20,1800\")", 0.5)]
    [InlineData("icrs\ncircle(10,20,30')", 0.5)]
    [InlineData("j2000; circle 10 20 0.5d", 0.5)]
    [InlineData("fk5\nCIRCLE( 10 , 20 , 0.5 ) # color=red text={a;b # circle(1,2,3)}", 0.5)]
    [InlineData("fk5\n+circle(0:40:00,+20:00:00,0.5)", 0.5)]
    [InlineData("fk5\ncircle(0h40m0s,20d0m0s,0.5)", 0.5)]
    [InlineData("fk5\ncircle(10d,20d,0.5)", 0.5)]
    [InlineData("fk5\n\n# a comment\n\tcircle(10,20,0.5) ||\r\n", 0.5)]
    [InlineData("\uFEFFfk5\ncircle(10,20,0.5)", 0.5)]
    [InlineData("fk5; text(10,20) # text={label}\ncircle(10,20,0.5)", 0.5)]
    [InlineData("fk5\ncircle(10,20,8.726646259971648e-3r)", 0.5)]
    public void One_circle_has_many_spellings(string text, double radius)
    {
        var circle = Assert.IsType<SkyCircle>(Assert.IsType<SkyEntry>(Assert.Single(RegionFile.Parse(text, "a.reg").Entries)).Region);
        Assert.Equal(10, circle.Centre.RaDegrees, 1e-12);
        Assert.Equal(20, circle.Centre.DecDegrees, 1e-12);
        Assert.Equal(radius, circle.RadiusDegrees, 1e-12);
    }

    [Fact]
    public void Southern_and_small_declinations_keep_their_sign()
    {
        var entries = RegionFile.Parse("fk5\ncircle(12:30:45.6,-00:30:00,1')\ncircle(12h30m45.6s,-53d43m48s,1')", "a.reg").Entries;
        Assert.Equal(-0.5, ((SkyCircle)((SkyEntry)entries[0]).Region).Centre.DecDegrees, 1e-12);
        Assert.Equal(187.69, ((SkyCircle)((SkyEntry)entries[0]).Region).Centre.RaDegrees, 1e-12);
        Assert.Equal(-53.73, ((SkyCircle)((SkyEntry)entries[1]).Region).Centre.DecDegrees, 1e-12);
    }

    [Fact]
    public void Every_shape_has_its_arguments_in_order()
    {
        var regions = RegionFile.Parse(
            "fk5\nellipse(10,20,3,2,30)\nbox(10,20,3,2,30)\nannulus(10,20,1,2,3)\nellipse(10,20,1,2,3,4,30)\npolygon(10,20,11,20,11,21)\npanda(10,20,0,90,3,1,2,4)\nepanda(10,20,0,90,1,1,2,3,4,1,30)\nbox(10,20,3,2)",
            "a.reg").Entries.Select(entry => ((SkyEntry)entry).Region);
        SkyRegion[] expected =
        [
            new SkyEllipse(Centre, 3, 2, 30), new SkyBox(Centre, 3, 2, 30), new SkyAnnulus(Centre, 1, 3), new SkyEllipticalAnnulus(Centre, 1, 2, 3, 4, 30),
            new SkyPolygon([Centre, new(11, 20), new(11, 21)]), new SkyAnnulus(Centre, 1, 2, new AngleRange(0, 90)), new SkyEllipticalAnnulus(Centre, 1, 2, 3, 4, 30, new AngleRange(0, 90)), new SkyBox(Centre, 3, 2, 0),
        ];
        Assert.Equal(expected, regions);
    }

    [Fact]
    public void Pixel_frames_and_units_follow_the_image()
    {
        var image = new RegionImage(Wcs.NorthUp(Centre, new(50, 50), 0.1), new PhysicalPixels(0.5, 10, 20));
        var entries = RegionFile.Parse("image\ncircle(5,6,2)\ncircle(5,6,12\")\ncircle(5,6,4p)\nphysical\ncircle(30,40,8)\ncircle(30,40,8i)\nfk5\ncircle(10,20,6i)\ncircle(10,20,6p)", "a.reg", image).Entries;
        Assert.Equal(new PixelCircle(new(4, 5), 2), Pixels(0));
        Assert.Equal(2, ((PixelCircle)Pixels(1)).Radius, 1e-12);
        Assert.Equal(2, ((PixelCircle)Pixels(2)).Radius);
        Assert.Equal(new PixelCircle(new(24, 39), 4), Pixels(3));
        Assert.Equal(8, ((PixelCircle)Pixels(4)).Radius);
        Assert.Equal(0.01, ((SkyCircle)((SkyEntry)entries[5]).Region).RadiusDegrees, 1e-12);
        Assert.Equal(0.005, ((SkyCircle)((SkyEntry)entries[6]).Region).RadiusDegrees, 1e-12);

        PixelRegion Pixels(int i) => ((PixelEntry)entries[i]).Region;
    }

    [Fact]
    public void Physical_pixels_of_an_image_without_such_keywords_are_its_own() =>
        Assert.Equal(new PixelCircle(new(4, 5), 2), ((PixelEntry)RegionFile.Parse("physical;circle(5,6,2)", "a.reg", new RegionImage(null, null)).Entries[0]).Region);

    [Theory]
    [InlineData("fk5\nbpanda(1,2,3)", 2, "bpanda")]
    [InlineData("fk5\n\npoint(1,2)", 3, "point(1,2)")]
    [InlineData("galactic\ncircle(1,2,3)", 1, "galactic")]
    [InlineData("fk4;circle(1,2,3)", 1, "fk4")]
    [InlineData("wcsa;circle(1,2,3)", 1, "wcsa")]
    [InlineData("circle(1,2,3)", 1, "before any frame")]
    [InlineData("fk5\ncircle(1,2)", 2, "2 arguments")]
    [InlineData("fk5\ncircle(1,2,-3)", 2, "-3")]
    [InlineData("fk5\ncircle(1,2,0)", 2, "circle(1,2,0)")]
    [InlineData("fk5\ncircle(1,95,1)", 2, "95")]
    [InlineData("fk5\ncircle(1,2,NaN)", 2, "NaN")]
    [InlineData("fk5\ncircle(1,2,1e999)", 2, "1e999")]
    [InlineData("fk5\ncircle(12:61:00,2,1)", 2, "12:61:00")]
    [InlineData("fk5\ncircle(12::00,2,1)", 2, "12::00")]
    [InlineData("fk5\ncircle(1,2,5x)", 2, "5x")]
    [InlineData("fk5\ncircle(1,2,\")", 2, "")]
    [InlineData("fk5\ncircle(1,2,3", 2, "circle(1,2,3")]
    [InlineData("fk5\nannulus(1,2,3,2)", 2, "annulus")]
    [InlineData("fk5\npolygon(1,2,3,4,5)", 2, "5 arguments")]
    [InlineData("fk5\npanda(1,2,0,90,0,1,2,1)", 2, "'0'")]
    [InlineData("fk5\ncircle(1,2,3i)", 2, "3i")]
    [InlineData("physical\ncircle(1,2,3)", 2, "physical")]
    [InlineData("<html><body>not found</body></html>", 1, "html")]
    public void What_is_not_understood_is_refused_with_its_line(string text, int line, string found)
    {
        var refusal = Assert.Throws<BadInputException>(() => RegionFile.Parse(text, "a.reg"));
        var problem = Assert.Single(refusal.Problems);
        Assert.Equal($"a.reg:{line}", problem.Where);
        Assert.Contains(found, problem.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void All_bad_lines_are_named_at_once()
    {
        var refusal = Assert.Throws<BadInputException>(() => RegionFile.Parse("fk5\nvector(1,2,3)\ncircle(1,2,3)\nruler(1,2)", "a.reg"));
        Assert.Equal(["a.reg:2", "a.reg:4"], refusal.Problems.Select(problem => problem.Where));
        Assert.Equal(20, Assert.Throws<BadInputException>(() => RegionFile.Parse("fk5\n" + string.Concat(Enumerable.Repeat("bad(1)\n", 1000)), "a.reg")).Problems.Count);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("none.reg", Assert.Throws<BadInputException>(() => RegionFile.Read("none.reg")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_minus_gives_pixels_back_whatever_the_order()
    {
        var wcs = Wcs.NorthUp(Centre, new(4, 0), 1);
        foreach (var text in (string[])["image\n-circle(5,1,1)\nbox(5,1,7,1,0)", "image\nbox(5,1,7,1,0);-circle(5,1,1)", "image\nbox(5,1,7,1,0)\ncircle(5,1,1) # include=0"])
            Assert.Equal(".##...##.", Row(RegionFile.Parse(text, "a.reg"), wcs, 9));
    }

    [Fact]
    public void A_file_of_minuses_only_lists_what_is_taken_out()
    {
        var file = RegionFile.Parse("image\n-circle(2,1,0.5)\n-circle(4,1,0.5)", "a.reg");
        Assert.True(file.IsAllSubtracted);
        Assert.Equal(".#.#.", Row(file, Wcs.NorthUp(Centre, default, 1), 5));
        Assert.False(RegionFile.Parse("fk5", "a.reg").IsAllSubtracted);
    }

    [Fact]
    public void Excluded_pixels_leave_the_mask_and_no_others_enter()
    {
        bool[] usable = [true, true, false, true, false];
        RegionFile.Parse("image\nbox(2,1,1,1,0);box(3,1,1,1,0)", "a.reg").ExcludeFrom(usable, Wcs.NorthUp(Centre, default, 1), 5, 1);
        Assert.Equal([true, false, false, true, false], usable);
    }

    [Fact]
    public void The_region_file_of_another_field_is_refused_with_the_line()
    {
        var file = RegionFile.Parse("fk5\ncircle(10,20,1)\ncircle(190,-20,1)", "other.reg");
        Assert.Equal("other.reg:3", Assert.Throws<BadInputException>(() => file.Excluded(Wcs.NorthUp(Centre, default, 1), 5, 5)).Problems[0].Where);
    }

    [Fact]
    public void Shapes_on_the_sky_are_read_as_they_were_printed() => AnySkyEntries.Sample(entries =>
    {
        var back = RegionFile.Parse(new RegionFile("a.reg", entries).ToString(), "a.reg").Entries;
        return back.Select(entry => entry with { Line = 0 }).SequenceEqual(entries);
    });

    [Fact]
    public void Shapes_in_pixels_are_read_as_they_were_printed_to_the_last_digit() => AnySkyEntries.Sample(entries =>
    {
        var wcs = Wcs.NorthUp(Centre, new(100, 100), 1);
        RegionEntry[] pixels = [.. entries.Select(entry => new PixelEntry(Near(((SkyEntry)entry).Region).ToPixel(wcs), entry.IsSubtracted, 0))];
        var text = new RegionFile("a.reg", pixels).ToString();
        // Counting from 1 costs a digit the first time; from then on the text stays the same.
        var again = RegionFile.Parse(text, "a.reg");
        return Close(RegionFile.Parse(again.ToString(), "a.reg").ToString(), text);
    });

    [Fact]
    public void Noise_is_read_or_refused() =>
        Gen.Select(Gen.String[Gen.Char[' ', '~'], 0, 60].Array[1, 8], Gen.OneOf("fk5\n", "image\n", "", "physical\n"), Gen.OneOf("circle(", "box(", "panda(", "-", "", "polygon(")).Sample((lines, frame, shape) =>
        {
            try
            {
                RegionFile.Parse(frame + string.Join('\n', lines.Select(line => shape + line)), "a.reg");
                return true;
            }
            catch (BadInputException refusal)
            {
                return refusal.Problems.All(problem => problem.Where.StartsWith("a.reg:", StringComparison.Ordinal));
            }
        }, iter: 2000);

    private static readonly Gen<SkyRegion> AnyShape =
        from ra in Gen.Double[0, 360]
        from dec in Gen.Double[-90, 90]
        from a in Gen.Double[1e-6, 1]
        from b in Gen.Double[1e-6, 1]
        from grow in Gen.Double[1.001, 3]
        from angle in Gen.Double[-360, 360]
        from kind in Gen.Int[0, 7]
        let at = new SkyPosition(ra, dec)
        select kind switch
        {
            0 => new SkyCircle(at, a),
            1 => new SkyEllipse(at, a, b, angle),
            2 => new SkyBox(at, a, b, angle),
            3 => new SkyAnnulus(at, a, a * grow),
            4 => new SkyAnnulus(at, 0, b, new AngleRange(angle, angle + 30)),
            5 => new SkyEllipticalAnnulus(at, a, b, a * grow, b * grow, angle),
            6 => new SkyEllipticalAnnulus(at, a, b, a * grow, b * grow, angle, new AngleRange(-angle, b)),
            _ => (SkyRegion)new SkyPolygon([at, new(ra + a, dec), new(ra, dec / 2), new(ra + b, dec / 3)]),
        };

    private static readonly Gen<RegionEntry[]> AnySkyEntries = Gen.Select(AnyShape, Gen.Bool, (shape, minus) => (RegionEntry)new SkyEntry(shape, minus, 0)).Array[0, 6];

    private static SkyRegion Near(SkyRegion region) => region switch
    {
        SkyCircle c => new SkyCircle(Centre, c.RadiusDegrees),
        SkyEllipse e => new SkyEllipse(Centre, e.SemiXDegrees, e.SemiYDegrees, e.AngleDegrees),
        SkyBox b => new SkyBox(Centre, b.WidthDegrees, b.HeightDegrees, b.AngleDegrees),
        SkyAnnulus a => new SkyAnnulus(Centre, a.InnerDegrees, a.OuterDegrees, a.Sector),
        SkyEllipticalAnnulus e => new SkyEllipticalAnnulus(Centre, e.InnerXDegrees, e.InnerYDegrees, e.OuterXDegrees, e.OuterYDegrees, e.AngleDegrees, e.Sector),
        _ => new SkyPolygon([Centre, new(10.5, 20), new(10, 20.5)]),
    };

    private static bool Close(string one, string other)
    {
        var numbers = Numbers(one).Zip(Numbers(other));
        return numbers.All(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Max(1, Math.Abs(pair.First)));

        static IEnumerable<double> Numbers(string text) => text.Split(['(', ',', ')', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : word.Length);
    }

    private static string Row(RegionFile file, Wcs wcs, int width) => string.Concat(file.Excluded(wcs, width, 1).Select(set => set ? '#' : '.'));

    private static RegionFile Read(string name) => RegionFile.Read(SharedData.Path("maps", "regions", name));
}
