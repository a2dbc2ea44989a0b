using ClusterSurvey.Activities.Fits;

namespace ClusterSurvey.Activities.Tests.Fits;

public sealed class FitsHeaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_are_read_by_their_kind()
    {
        var header = Header(
            "WHOLE   =                  -42 / a comment", "REAL    = 2.83374000000507E+04 / seconds", "FORTRAN =             1.5D+03", "YES     =                    T",
            "WORD    = 'O''Brien / not a comment  ' / a comment", "EMPTY   = ''", "BLANKS  = '        '", "FREE    = 7", "COMMENT = 'no value'", "HIERARCH ESO DET ID = 5", "NOVALUE this is text");
        Assert.Equal(-42, header.Integer("WHOLE"));
        Assert.Equal(28337.4000000507, header.Number("REAL"));
        Assert.Equal(1500, header.Number("FORTRAN"));
        Assert.True(header.IsTrue("YES"));
        Assert.Equal("O'Brien / not a comment", header.Text("WORD"));
        Assert.Equal("", header.Text("EMPTY"));
        Assert.Equal("", header.Text("BLANKS"));
        Assert.Equal(7, header.Integer("FREE"));
        Assert.False(header.Has("HIERARCH"));
        Assert.False(header.Has("NOVALUE"));
        Assert.Null(header.NumberOrNull("ABSENT"));
    }

    [Fact]
    public void Long_texts_are_joined()
    {
        var header = Header("LONG    = 'one &'", "CONTINUE  'two ''quoted'' &' / comment", "CONTINUE  'three'", "NEXT    =                    1", "CONTINUE  'stray'", "OPEN    = 'ends with &'", "COMMENT and stops");
        Assert.Equal("one two 'quoted' three", header.Text("LONG"));
        Assert.Equal(1, header.Integer("NEXT"));
        Assert.Equal("ends with &", header.Text("OPEN"));
    }

    [Fact]
    public void A_text_of_15000_characters_is_joined()
    {
        var text = string.Concat(Enumerable.Range(0, 15_000).Select(i => (char)('a' + i % 26)));
        var parts = text.Chunk(60).Select(part => new string(part)).ToArray();
        string[] cards = [$"SLCTEXPR= '{parts[0]}&'", .. parts[1..].Select((part, i) => $"CONTINUE  '{part}{(i == parts.Length - 2 ? "" : "&")}'")];
        Assert.Equal(text, Header(cards).Text("SLCTEXPR"));
    }

    [Fact]
    public void Of_a_keyword_that_stands_twice_the_first_counts() => Assert.Equal(1, Header("TWICE   = 1", "TWICE   = 2").Integer("TWICE"));

    [Theory]
    [InlineData("A       = 'text'")]
    [InlineData("A       = NaN")]
    [InlineData("A       = 1e999")]
    [InlineData("A       = 1.2.3")]
    [InlineData("A       =")]
    public void A_value_that_is_no_number_is_named(string card)
    {
        var refusal = Assert.Throws<FitsException>(() => Header(card).Number("A"));
        Assert.Equal(("A", "a finite number"), (refusal.Keyword, refusal.Expected));
        Assert.Throws<FitsException>(() => Header(card).Integer("A"));
    }

    [Fact]
    public void What_does_not_print_is_not_printed() => Assert.Equal("'?[31mred'", Header("A       = '\u001b[31mred'").Show("A"));

    private FitsHeader Header(params string[] cards) =>
        FitsFile.ReadImage(folder.File("a.fits", FitsBytes.Primary(8, 1, 1).Cards(cards).End().Raw(1).Fill().ToArray())).Header;
}
