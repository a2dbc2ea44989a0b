namespace ClusterSurvey.Physics.Spectra;

/// <summary>The image with its rows as columns, so that a <see cref="RingingTail"/> along its rows runs down columns as <see cref="LaneTail"/> wants it.</summary>
internal sealed class TurnedImage(PyramidGrid grid)
{
    private readonly int width = Width(grid);
    private readonly LaneBuffer image = Buffer(grid), tailG = Buffer(grid), tailD = Buffer(grid);

    /// <summary>Takes an image.</summary>
    /// <param name="rows">From its first pixel on.</param>
    /// <param name="stride">Numbers from one of its rows to the next.</param>
    public void Fill(ReadOnlySpan<float> rows, int stride)
    {
        image.Span.Clear();
        TileTurn.Add(rows, stride, grid.Height, image.Span, width, grid.Width);
    }

    /// <summary>Makes the tails of I.Gx and I.Dx.</summary>
    public void MakeTails(RingingTail tail)
    {
        tailG.Span.Clear();
        tailD.Span.Clear();
        LaneTail.Add(image.Span, width, tail.Ratios, tail.WeightsG, tailG.Span);
        LaneTail.Add(image.Span, width, tail.Ratios, tail.WeightsD, tailD.Span);
    }

    /// <summary>Adds them to a strip that begins at a column.</summary>
    public void AddTails(PyramidStrip strip, int first)
    {
        var columns = Math.Min(strip.Columns, grid.Width - first);
        TileTurn.Add(tailG.Span[(first * width)..], width, columns, strip.G, strip.Columns, grid.Height);
        TileTurn.Add(tailD.Span[(first * width)..], width, columns, strip.D, strip.Columns, grid.Height);
    }

    private static int Width(PyramidGrid grid) => LaneBlur.Padded(grid.Height) + TileTurn.Side;

    private static LaneBuffer Buffer(PyramidGrid grid) => new(grid.Width * Width(grid));
}
