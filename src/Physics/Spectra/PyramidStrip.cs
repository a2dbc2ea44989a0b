namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// Some columns of a level whose rows were blurred, from top to bottom: the rows that a blur down the columns needs then lie side by side in the nearest cache.
/// </summary>
internal sealed class PyramidStrip(int height)
{
    /// <summary>Columns of a strip, at most.</summary>
    public const int MostColumns = 64;

    private readonly LaneBuffer g = new(height * MostColumns), d = new(height * MostColumns), tailA = new(height * MostColumns), tailB = new(height * MostColumns);
    private int rows, from;
    private bool hasTails;

    /// <summary>Columns of this strip.</summary>
    public int Columns { get; private set; }

    /// <summary>I.Gx, [rows, columns].</summary>
    public Span<float> G => g.Span[..(rows * Columns)];

    /// <summary>I.Dx, likewise.</summary>
    public Span<float> D => d.Span[..(rows * Columns)];

    private Span<float> TailA => tailA.Span[..(rows * Columns)];

    private Span<float> TailB => tailB.Span[..(rows * Columns)];

    /// <summary>Begins anew.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="first">The strip's first column, in whole blocks.</param>
    public void Begin(PyramidGrid grid, int first)
    {
        (rows, from, Columns) = (grid.Height, first, Math.Min(MostColumns, grid.Columns - first));
        hasTails = false;
    }

    /// <summary>One row of I.Gx, to be filled.</summary>
    public Span<float> RowG(int y) => g.Span.Slice(y * Columns, Columns);

    /// <summary>One row of I.Dx, likewise.</summary>
    public Span<float> RowD(int y) => d.Span.Slice(y * Columns, Columns);

    /// <summary>Makes the tails of A and A' (see <see cref="LaneBlur.Squares"/>) of the blurred rows.</summary>
    public void MakeTails(RingingTail tail)
    {
        hasTails = true;
        TailA.Clear();
        TailB.Clear();
        LaneTail.Add(G, Columns, tail.Ratios, tail.WeightsG, TailA);
        LaneTail.Add(G, Columns, tail.Ratios, tail.WeightsD, TailB);
        LaneTail.Add(D, Columns, tail.Ratios, tail.WeightsG, TailB);
    }

    /// <summary>The part of some columns of the level that lies in the strip.</summary>
    public (int From, int To) Shared((int From, int To) span) => (Math.Max(span.From, from), Math.Min(span.To, from + Columns));

    /// <summary>F^2 along a part of a row that begins at a column of the level; the other arguments are those of <see cref="LaneBlur.Squares"/>.</summary>
    public void Squares(ShortKernel kernel, int y, int first, ReadOnlySpan<float> ratio, ReadOnlySpan<float> inverse, Span<float> squares)
    {
        var (column, at) = (first - from, y * Columns + first - from);
        ReadOnlySpan<float> a = hasTails ? TailA.Slice(at, squares.Length) : [], b = hasTails ? TailB.Slice(at, squares.Length) : [];
        LaneBlur.Squares(G, D, Columns, y, column, kernel.TapsG, kernel.TapsD, ratio, inverse, a, b, squares);
    }
}
