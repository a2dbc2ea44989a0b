namespace ClusterSurvey.Physics.Maps;

/// <summary>The sums of native maps over the valid pixels of each block of a window, and what was odd on the way.</summary>
internal sealed class BlockSums
{
    private readonly NativeMaps native;
    private readonly PixelWindow window;
    private readonly CountsPolicy policy;
    private readonly int[] valid;
    private readonly SortedDictionary<MapFindingKind, MapFinding> findings = [];
    private double columnDensitySum;
    private int columnDensityPixels;

    public BlockSums(NativeMaps native, PixelWindow window, CountsPolicy policy, double exposureScale, double minimumCoverage, double minimumExposure)
    {
        (this.native, this.window, this.policy) = (native, window, policy);
        var pixels = window.Width * window.Height;
        (Counts, Exposure, Background, Mask) = (new double[pixels], new double[pixels], new double[pixels], new bool[pixels]);
        valid = new int[pixels];
        for (var y = 0; y < window.Height * window.Factor; y++)
            for (var x = 0; x < window.Width * window.Factor; x++)
                Add(x, y);
        Cover(minimumCoverage);
        LeaveOutFaint(minimumExposure);
        Close(exposureScale);
    }

    public double[] Counts { get; }

    public double[] Exposure { get; }

    public double[] Background { get; }

    public bool[] Mask { get; }

    public double? MeanColumnDensityCm2 => columnDensityPixels > 0 ? columnDensitySum / columnDensityPixels : null;

    public IReadOnlyList<MapFinding> Findings => [.. findings.Values];

    private void Add(int x, int y)
    {
        var (nativeX, nativeY) = (x + window.X0, y + window.Y0);
        if (nativeX < 0 || nativeY < 0 || nativeX >= native.Width || nativeY >= native.Height)
        {
            Note(MapFindingKind.BeyondMap, 0);
            return;
        }
        var pixel = nativeY * native.Width + nativeX;
        if (native.Excluded?[pixel] == true || !IsUsable(pixel)) return;
        var block = y / window.Factor * window.Width + x / window.Factor;
        Counts[block] += CleanCounts(pixel);
        Exposure[block] += native.Exposure[pixel];
        Background[block] += CleanBackground(pixel);
        valid[block]++;
        AddColumnDensity(pixel);
    }

    private bool IsUsable(int pixel)
    {
        var (counts, exposure) = (native.Counts[pixel], native.Exposure[pixel]);
        if (!double.IsFinite(exposure)) return Masked(MapFindingKind.NonFiniteExposure, 0);
        if (exposure < 0) return Masked(MapFindingKind.NegativeExposure, exposure);
        if (exposure == 0) return counts > 0 && double.IsFinite(counts) && Masked(MapFindingKind.CountsWithoutExposure, counts);
        if (!double.IsFinite(counts)) return Masked(MapFindingKind.NonFiniteCounts, 0);
        return native.Background is null || double.IsFinite(native.Background[pixel]) || Masked(MapFindingKind.NonFiniteBackground, 0);
    }

    private double CleanCounts(int pixel)
    {
        var counts = native.Counts[pixel];
        if (counts >= 0 && counts == Math.Floor(counts)) return counts;
        if (policy == CountsPolicy.Reject)
            throw new ArgumentException(
                $"{native.Name}: pixel ({pixel % native.Width}, {pixel / native.Width}) has {counts:g6} counts, expected a whole number not below 0; choose the policy round or clip if the file is meant so");
        if (counts < 0)
        {
            Note(MapFindingKind.NegativeCounts, -counts);
            return 0;
        }
        var clean = policy == CountsPolicy.Round ? Math.Round(counts, MidpointRounding.AwayFromZero) : counts;
        Note(policy == CountsPolicy.Round ? MapFindingKind.FractionalCountsRounded : MapFindingKind.FractionalCountsKept, clean - counts);
        return clean;
    }

    private double CleanBackground(int pixel)
    {
        var background = native.Background?[pixel] ?? 0;
        if (background >= 0) return background;
        Note(MapFindingKind.NegativeBackground, -background);
        return 0;
    }

    private void AddColumnDensity(int pixel)
    {
        if (native.ColumnDensityCm2 is not { } map) return;
        if (map[pixel] >= 0 && double.IsFinite(map[pixel]))
        {
            columnDensitySum += map[pixel];
            columnDensityPixels++;
        }
        else Note(MapFindingKind.BadColumnDensity, 0);
    }

    private void Cover(double minimumCoverage)
    {
        var required = Math.Max(1, minimumCoverage * window.Factor * window.Factor);
        for (var block = 0; block < Mask.Length; block++) Mask[block] = valid[block] >= required;
    }

    private void LeaveOutFaint(double minimumExposure)
    {
        var exposures = Exposure.Where((_, block) => Mask[block]).Order().ToArray();
        if (minimumExposure <= 0 || exposures.Length == 0) return;
        var least = minimumExposure * exposures[exposures.Length / 2];
        for (var block = 0; block < Mask.Length; block++)
        {
            if (!Mask[block] || Exposure[block] >= least) continue;
            Mask[block] = false;
            var before = findings.GetValueOrDefault(MapFindingKind.FaintExposure);
            findings[MapFindingKind.FaintExposure] = new MapFinding(MapFindingKind.FaintExposure, before.Pixels + valid[block], before.Amount + Counts[block]);
        }
    }

    private void Close(double exposureScale)
    {
        for (var block = 0; block < Mask.Length; block++)
        {
            Exposure[block] *= exposureScale;
            if (!Mask[block]) Counts[block] = Exposure[block] = Background[block] = 0;
        }
    }

    private bool Masked(MapFindingKind kind, double amount)
    {
        Note(kind, amount);
        return false;
    }

    private void Note(MapFindingKind kind, double amount)
    {
        var before = findings.GetValueOrDefault(kind);
        findings[kind] = new MapFinding(kind, before.Pixels + 1, before.Amount + amount);
    }
}
