namespace ClusterSurvey.Activities.Report;

/// <summary>One draw's Gaussian kernel on a grid: the weights of the few points that it reaches.</summary>
internal readonly record struct KernelRow(int First, double[] Weights)
{
    private const double Reach = 4;

    public static (double[] Grid, KernelRow[] Rows) OfDraws(double[] draws, PriorRange prior, int points)
    {
        var (low, high, bandwidth) = Window(draws, prior);
        var grid = new double[points];
        for (var i = 0; i < points; i++) grid[i] = low + (high - low) * i / (points - 1);
        var rows = new KernelRow[draws.Length];
        for (var d = 0; d < draws.Length; d++) rows[d] = OfDraw(draws[d], grid, bandwidth, prior);
        return (grid, rows);
    }

    public static double[] Sum(KernelRow[] rows, int points)
    {
        var density = new double[points];
        foreach (var row in rows)
            for (var i = 0; i < row.Weights.Length; i++) density[row.First + i] += row.Weights[i];
        return density;
    }

    public static double[] SumOfProducts(KernelRow[] rows, KernelRow[] columns, int points)
    {
        var density = new double[points * points];
        for (var d = 0; d < rows.Length; d++)
            for (var j = 0; j < columns[d].Weights.Length; j++)
            {
                var start = (columns[d].First + j) * points + rows[d].First;
                for (var i = 0; i < rows[d].Weights.Length; i++) density[start + i] += columns[d].Weights[j] * rows[d].Weights[i];
            }
        return density;
    }

    /// <summary>Scott's rule for two dimensions, n^(-1/6) times the deviation; the grid ends four kernels beyond the draws or at the prior.</summary>
    private static (double Low, double High, double Bandwidth) Window(double[] draws, PriorRange prior)
    {
        if (draws.Length == 0) throw new ArgumentException("a density needs draws, found none", nameof(draws));
        double sum = 0, squares = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var x in draws)
        {
            sum += x;
            (least, most) = (Math.Min(least, x), Math.Max(most, x));
        }
        var mean = sum / draws.Length;
        foreach (var x in draws) squares += (x - mean) * (x - mean);
        var deviation = Math.Max(Math.Sqrt(squares / draws.Length), 1e-4 * (prior.High - prior.Low));
        var bandwidth = deviation * Math.Pow(draws.Length, -1.0 / 6);
        return (Math.Max(prior.Low, least - Reach * bandwidth), Math.Min(prior.High, most + Reach * bandwidth), bandwidth);
    }

    private static KernelRow OfDraw(double draw, double[] grid, double bandwidth, PriorRange prior)
    {
        var step = grid[1] - grid[0];
        var first = Math.Clamp((int)Math.Ceiling((draw - Reach * bandwidth - grid[0]) / step), 0, grid.Length - 1);
        var last = Math.Clamp((int)Math.Floor((draw + Reach * bandwidth - grid[0]) / step), first, grid.Length - 1);
        var weights = new double[last - first + 1];
        for (var i = 0; i < weights.Length; i++)
        {
            var x = grid[first + i];
            weights[i] = Kernel(x - draw, bandwidth) + Kernel(x - (2 * prior.Low - draw), bandwidth) + Kernel(x - (2 * prior.High - draw), bandwidth);
        }
        return new(first, weights);
    }

    private static double Kernel(double distance, double bandwidth) => Math.Exp(-0.5 * (distance / bandwidth) * (distance / bandwidth)) / bandwidth;
}
