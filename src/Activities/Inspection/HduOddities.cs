using ClusterSurvey.Activities.Fits;

namespace ClusterSurvey.Activities.Inspection;

/// <summary>What is unusual about where the image stands in its file.</summary>
internal static class HduOddities
{
    public static void Find(string path, FitsImage image, FitsLimits limits, OddityList oddities)
    {
        var hdu = image.Hdu.Index;
        if (hdu > 0) oddities.Note("image_in_extension", $"the image in extension {hdu}, and a primary HDU without one", "the image in the primary HDU", "nothing: the first image is taken");
        if (oddities.Oddities.Any(oddity => oddity.Code == "unusable")) return;
        var after = FitsFile.List(path, limits).Skip(hdu + 1).ToArray();
        var tables = after.Count(next => next.Kind == FitsHduKind.Table);
        var images = after.Count(next => next.Kind == FitsHduKind.Image);
        if (tables > 0) oddities.Note("tables_after_image", $"{tables} tables after the image", "the image alone", "nothing: they are passed over");
        if (images > 0) oddities.Warn("images_after_image", $"{images} further images", "one image", "check that the first one is meant; to use another, write it to a file of its own");
    }
}
