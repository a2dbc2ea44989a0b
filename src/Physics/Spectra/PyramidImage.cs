namespace ClusterSurvey.Physics.Spectra;

/// <summary>The buffers of one image: its levels between aprons of zeros, and room for one strip. One thread at a time.</summary>
internal sealed class PyramidImage
{
    private readonly IReadOnlyList<PyramidGrid> grids;
    private readonly int apron;
    private readonly float[][] levels;
    private readonly float[] row, halved;
    private readonly PyramidStrip strip;
    private readonly TurnedImage? turned;

    /// <param name="grids">The levels, from 0.</param>
    /// <param name="reach">The greatest radius of a kernel's taps.</param>
    /// <param name="rings">Whether a kernel of the image itself has a tail.</param>
    public PyramidImage(IReadOnlyList<PyramidGrid> grids, int reach, bool rings)
    {
        this.grids = grids;
        var farthest = grids.Skip(1).Select(grid => 2 * grid.Margin + grid.HalvingTaps.Length).Prepend(reach).Max();
        apron = LaneBlur.Padded(farthest + LaneBlur.Block);
        levels = [.. grids.Select(grid => new float[grid.Height * RowLength(grid)])];
        strip = new PyramidStrip(grids.Max(grid => grid.Height));
        row = new float[grids.Max(RowLength)];
        halved = new float[row.Length];
        turned = rings ? new TurnedImage(grids[0]) : null;
    }

    /// <summary>Scratch for a row.</summary>
    public Span<float> Row => row;

    /// <summary>A row of the image, to be filled; what lies outside the mask is 0.</summary>
    public Span<float> Pixels(int y) => levels[0].AsSpan(y * RowLength(grids[0]) + apron, grids[0].Width);

    /// <summary>Makes of the image what the filters want beside it: its coarser levels, and the image turned.</summary>
    public void Prepare()
    {
        turned?.Fill(levels[0].AsSpan(apron), RowLength(grids[0]));
        foreach (var grid in grids.Skip(1)) Halve(grids[grid.Level - 1], grid);
    }

    /// <summary>Makes the tails along the rows of the image, for the strips to come.</summary>
    public void MakeRowTails(RingingTail tail) => turned!.MakeTails(tail);

    /// <summary>A strip of a level with its rows blurred.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="kernel">The kernel; if it has a tail, its row tails were made last.</param>
    /// <param name="first">The strip's first column, in whole strips.</param>
    public PyramidStrip Blurred(PyramidGrid grid, ShortKernel kernel, int first)
    {
        var length = RowLength(grid);
        strip.Begin(grid, first);
        for (var y = 0; y < grid.Height; y++)
            LaneBlur.Row(levels[grid.Level].AsSpan(y * length, length), apron + first, kernel.TapsG, kernel.TapsD, strip.RowG(y), strip.RowD(y));
        if (kernel.Tail is null) return strip;
        turned!.AddTails(strip, first);
        strip.MakeTails(kernel.Tail);
        return strip;
    }

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
