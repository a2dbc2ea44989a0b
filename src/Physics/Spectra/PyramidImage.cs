namespace ClusterSurvey.Physics.Spectra;

/// <summary>The buffers of one image: its levels between aprons of zeros, and room for one blur. One thread at a time.</summary>
internal sealed class PyramidImage
{
    private readonly IReadOnlyList<PyramidGrid> grids;
    private readonly int apron;
    private readonly float[][] levels;
    private readonly float[] blurredG, blurredD, row, halved;

    /// <param name="grids">The levels, from 0.</param>
    /// <param name="reach">The greatest radius of a kernel.</param>
    public PyramidImage(IReadOnlyList<PyramidGrid> grids, int reach)
    {
        this.grids = grids;
        var farthest = grids.Skip(1).Select(grid => 2 * grid.Margin + grid.HalvingTaps.Length).Prepend(reach).Max();
        apron = LaneBlur.Padded(farthest + LaneBlur.Block);
        levels = [.. grids.Select(grid => new float[grid.Height * RowLength(grid)])];
        var largest = grids.Max(grid => grid.Height * grid.Stride);
        (blurredG, blurredD) = (new float[largest], new float[largest]);
        row = new float[grids.Max(RowLength)];
        halved = new float[row.Length];
    }

    /// <summary>Scratch for a row.</summary>
    public Span<float> Row => row;

    /// <summary>A row of the image, to be filled; what lies outside the mask is 0.</summary>
    public Span<float> Pixels(int y) => levels[0].AsSpan(y * RowLength(grids[0]) + apron, grids[0].Width);

    /// <summary>Makes the coarser levels from the image.</summary>
    public void Halve()
    {
        foreach (var grid in grids.Skip(1)) Halve(grids[grid.Level - 1], grid);
    }

    /// <summary>Blurs the rows of a level.</summary>
    public void BlurRows(PyramidGrid grid, float[] g, float[] d)
    {
        var length = RowLength(grid);
        for (var y = 0; y < grid.Height; y++)
            LaneBlur.Row(levels[grid.Level].AsSpan(y * length, length), apron, g, d, blurredG.AsSpan(y * grid.Stride, grid.Columns), blurredD.AsSpan(y * grid.Stride, grid.Columns));
    }

    /// <summary>I.Gx of a level whose rows were blurred last, [height, stride].</summary>
    public ReadOnlySpan<float> BlurredG(PyramidGrid grid) => blurredG.AsSpan(0, grid.Height * grid.Stride);

    /// <summary>I.Dx, likewise.</summary>
    public ReadOnlySpan<float> BlurredD(PyramidGrid grid) => blurredD.AsSpan(0, grid.Height * grid.Stride);

    private int RowLength(PyramidGrid grid) => grid.Columns + 2 * apron;

    // Down the columns to every second row, then along the rows to every second cell.
    private void Halve(PyramidGrid finer, PyramidGrid coarser)
    {
        var (length, taps) = (RowLength(finer), coarser.HalvingTaps);
        var blurred = halved.AsSpan(0, LaneBlur.Padded(LaneBlur.Block + coarser.Finer(coarser.Width - 1) + 1));
        for (var y = 0; y < coarser.Height; y++)
        {
            LaneBlur.Column(levels[finer.Level], length, coarser.Finer(y), taps, row);
            LaneBlur.Row(row, apron - LaneBlur.Block, taps, blurred);
            var to = levels[coarser.Level].AsSpan(y * RowLength(coarser) + apron, coarser.Width);
            for (var x = 0; x < to.Length; x++) to[x] = blurred[LaneBlur.Block + coarser.Finer(x)];
        }
    }
}
