namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>What does not depend on the spectrum about the small scales: where the waves of the image and of the sums lie in the tables of spectra.</summary>
internal sealed class SmallWaves
{
    private const int DirectionsPerSide = 24;

    public SmallWaves(CubeGrid grid, ScaleSplit split, ProjectedSpectra spectra)
    {
        Grid = grid;
        Spectra = spectra;
        Squares = new SquareSpectrum(grid.LargestWavenumber);
        Sky = [.. SkyWaves()];
        Shares = new float[ProjectedSpectra.Nodes * spectra.SquaredWaves.Length];
        SquarePlaces = new (int, float)[ProjectedSpectra.Nodes * spectra.Waves];
        for (var node = 0; node < ProjectedSpectra.Nodes; node++)
            for (var m = 0; m < spectra.SquaredWaves.Length; m++)
            {
                var k = Math.Sqrt(Math.Pow(spectra.NodeWavenumber(node), 2) + spectra.SquaredWaves[m]);
                Shares[node * spectra.SquaredWaves.Length + m] = (float)(1 - split.LargeShare(k));
                if (m < spectra.Waves) SquarePlaces[node * spectra.Waves + m] = Squares.Locate(k);
            }
        IsotropicShares = [.. Enumerable.Range(0, Squares.Waves).Select(i => (float)((1 - split.LargeShare(Squares.Wavenumber(i))) * Math.Sqrt(BandShare(Squares.Wavenumber(i)))))];
    }

    /// <summary>One wave across the sky.</summary>
    /// <param name="Node">The node of the projected spectra below it.</param>
    /// <param name="Fraction">The part of the way to the next.</param>
    /// <param name="Scale">Of the amplitude of real and imaginary part.</param>
    /// <param name="Twins">1 if it is its own conjugate, 2 if it stands for another.</param>
    public readonly record struct Wave(int Node, float Fraction, float Scale, float Twins);

    /// <summary>The box.</summary>
    public CubeGrid Grid { get; }

    /// <summary>The nodes.</summary>
    public ProjectedSpectra Spectra { get; }

    /// <summary>The spectrum of squares.</summary>
    public SquareSpectrum Squares { get; }

    /// <summary>The waves across the sky, [y, half of x].</summary>
    public Wave[] Sky { get; }

    /// <summary>The small scales' part of the power, [node, wave] for all waves along the line of sight.</summary>
    public float[] Shares { get; }

    /// <summary>Where [node, wave] lies in the spectrum of squares, for the waves that the basis sees.</summary>
    public (int Place, float Fraction)[] SquarePlaces { get; }

    /// <summary>
    /// The small scales' part of the power at the wavenumbers of the spectrum of squares, times the root of the part of all directions that the box's band
    /// holds: the integral of P^2, which is what long waves of the square see, is then that of the box.
    /// </summary>
    public float[] IsotropicShares { get; }

    private IEnumerable<Wave> SkyWaves()
    {
        for (var y = 0; y < Grid.CellsY; y++)
            for (var x = 0; 2 * x <= Grid.CellsX; x++)
            {
                double kx = x / (Grid.CellsX * Grid.CellR500), ky = Math.Min(y, Grid.CellsY - y) / (Grid.CellsY * Grid.CellR500);
                var (node, fraction) = Spectra.Locate(Math.Sqrt(kx * kx + ky * ky));
                var alone = x == 0 || 2 * x == Grid.CellsX;
                yield return new Wave(node, fraction, alone ? 1 : MathF.Sqrt(0.5f), alone ? 1 : 2);
            }
    }

    // The part of all directions in which waves of this length lie within the box's band.
    private double BandShare(double k)
    {
        double across = 0.5 / Grid.CellR500, along = 0.5 / Grid.DepthCellR500;
        var inside = 0;
        for (var i = 0; i < DirectionsPerSide; i++)
            for (var j = 0; j < DirectionsPerSide; j++)
            {
                var cosine = (i + 0.5) / DirectionsPerSide;
                var (sin, cos) = Math.SinCos(0.5 * Math.PI * (j + 0.5) / DirectionsPerSide);
                var sky = k * Math.Sqrt(1 - cosine * cosine);
                if (k * cosine <= along && sky * sin <= across && sky * cos <= across) inside++;
            }
        return (double)inside / (DirectionsPerSide * DirectionsPerSide);
    }
}
