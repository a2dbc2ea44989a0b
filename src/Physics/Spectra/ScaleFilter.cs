namespace ClusterSurvey.Physics.Spectra;

/// <summary>The masked filter at one scale, on a cropped image [height, width] with sides padded for <see cref="MatrixProduct"/>.</summary>
internal abstract class ScaleFilter
{
    /// <summary>F/epsilon of an image that is zero outside the mask; <paramref name="first"/> and <paramref name="second"/> are scratch.</summary>
    public abstract void Apply(double[] image, double[] response, double[] first, double[] second, int width, int height);

    /// <summary>E[(F/epsilon)^2] per pixel for white noise of the given variance map.</summary>
    public abstract double[] ExpectedSquare(double[] variance, int width, int height);

    /// <summary>across . image . along, [rows, columns], into <paramref name="target"/> or added to it.</summary>
    protected static void Blur(double[] across, double[] image, double[] along, double[] target, double[] scratch, int width, int height, int columns, int rows, bool add = false)
    {
        MatrixProduct.Multiply(image, along, scratch, height, width, columns);
        MatrixProduct.Multiply(across, scratch, target, rows, height, columns, add);
    }

    /// <summary>A mask as an image.</summary>
    protected static double[] Numbers(bool[] mask) => [.. mask.Select(inside => inside ? 1.0 : 0.0)];
}
