namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// One level of an image pyramid: cells <see cref="Factor"/> pixels apart that carry the image blurred with <c>sigma = 0.9</c> of that distance, which leaves
/// 1e-4 of what folds onto waves of four cells. Level 0 is the image. Rows lie between two aprons of zeros.
/// </summary>
internal sealed class PyramidGrid
{
    /// <summary>Cells of a coarse level beyond the image's edge on every side: as far as the blur carries, and the interpolation reaches.</summary>
    private const int Beyond = 5;

    private const double BlurPerCell = 0.9;

    public PyramidGrid(int level, int imageWidth, int imageHeight)
    {
        Level = level;
        Margin = level == 0 ? 0 : Beyond;
        (Width, Height) = (Cells(imageWidth), Cells(imageHeight));
        Columns = LaneBlur.Padded(Width);
        Halving = level == 0 ? null : ShortKernel.Of(Math.Sqrt(Blurred * Blurred - BlurredTo(level - 1) * BlurredTo(level - 1)) / (Factor / 2), 0, Math.Max(imageWidth, imageHeight));
        HalvingTaps = Halving is null ? [] : Halving.TapsG;
    }

    /// <summary>0 for the image itself.</summary>
    public int Level { get; }

    /// <summary>Pixels of the image from one cell to the next.</summary>
    public int Factor => 1 << Level;

    /// <summary>Cells before the image's first pixel.</summary>
    public int Margin { get; }

    /// <summary>Cells along x.</summary>
    public int Width { get; }

    /// <summary>Cells along y.</summary>
    public int Height { get; }

    /// <summary>Cells along x in whole blocks of <see cref="LaneBlur"/>.</summary>
    public int Columns { get; }

    /// <summary>Sigma of the blur that the level carries, in pixels of the image.</summary>
    public double Blurred => BlurredTo(Level);

    /// <summary>The blur, in cells of the level before, that leads from it to this one; null at level 0.</summary>
    public ShortKernel? Halving { get; }

    /// <summary>Its G in float32.</summary>
    public float[] HalvingTaps { get; }

    /// <summary>The cell of the level before on which a cell of this one lies.</summary>
    public int Finer(int cell) => 2 * (cell - Margin) + (Level > 1 ? Margin : 0);

    private static double BlurredTo(int level) => level == 0 ? 0 : BlurPerCell * (1 << level);

    private int Cells(int pixels) => Level == 0 ? pixels : (pixels - 1 + Factor - 1) / Factor + 1 + 2 * Beyond;
}
