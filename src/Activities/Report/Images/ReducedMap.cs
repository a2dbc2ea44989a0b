namespace ClusterSurvey.Activities.Report.Images;

/// <summary>Makes an image small enough for a page.</summary>
public static class ReducedMap
{
    /// <summary>The mean over the usable pixels of whole blocks, so that neither side is longer than asked; the image itself when it is small already.</summary>
    public static MapImage Of(MapImage image, int longestSide)
    {
        var block = (Math.Max(image.Width, image.Height) + longestSide - 1) / longestSide;
        if (block <= 1) return image;
        var (width, height) = ((image.Width + block - 1) / block, (image.Height + block - 1) / block);
        var (sums, counts) = (new double[width * height], new int[width * height]);
        for (var i = 0; i < image.Values.Length; i++)
        {
            if (!image.Usable[i] || !double.IsFinite(image.Values[i])) continue;
            var to = i / image.Width / block * width + i % image.Width / block;
            sums[to] += image.Values[i];
            counts[to]++;
        }
        for (var i = 0; i < sums.Length; i++) sums[i] /= Math.Max(counts[i], 1);
        return new(width, height, sums, [.. counts.Select(count => count > 0)], image.Unit);
    }
}
