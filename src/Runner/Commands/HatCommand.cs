using System.CommandLine;
using System.Globalization;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Runner.Commands;

/// <summary>hat: the bare Mexican-hat power of an array.</summary>
internal static class HatCommand
{
    public static Command Make()
    {
        var image = new Option<string>("--image") { Description = "image (.npy or FITS)", Required = true };
        var mask = new Option<string>("--mask") { Description = "pixels that may be used, not 0 (.npy or FITS)", Required = true };
        var region = new Option<string[]>("--region") { Description = "pixels to average over, not 0 (default: all of the mask); may be repeated" };
        var pixel = new Option<double>("--pixel") { Description = "side of a pixel; its unit is the unit of length", Required = true };
        var scales = new Option<string>("--scales") { Description = "S,S,...: scales in that unit", Required = true };
        var csv = new Option<string>("--csv") { Description = "file for the result: region, scale, power, n_pixels", Required = true };
        var command = new Command("hat", "Measures the Mexican-hat power of an array, in the limit of small epsilon.")
        {
            image, mask, region, pixel, scales, csv,
        };
        command.SetAction(parsed =>
        {
            var (values, width, height) = ReadMap(parsed.GetRequiredValue(image));
            var usable = ReadMask(parsed.GetRequiredValue(mask), width, height);
            var regions = (parsed.GetValue(region) ?? []).Select(path => ReadMask(path, width, height)).ToList();
            if (regions.Count == 0) regions.Add(usable);
            for (var i = 0; i < values.Length; i++)
                if (usable[i] && !double.IsFinite(values[i]))
                    throw new BadInputException($"{parsed.GetRequiredValue(image)} pixel ({i % width}, {i / width})", $"{values[i]}",
                        "finite values wherever the mask allows", "mask the pixel");
            var lengths = Scales(parsed.GetRequiredValue(scales));
            double[][] power;
            try
            {
                power = new MexicanHatFilter(width, height, parsed.GetValue(pixel), usable, lengths).Power(values, regions);
            }
            catch (ArgumentException unfit)
            {
                throw new BadInputException("hat", unfit.Message, "an image, a mask and scales that fit together", "see clustersurvey hat --help", unfit);
            }
            var rows = from r in Enumerable.Range(0, regions.Count)
                       let pixels = Enumerable.Range(0, usable.Length).Count(i => usable[i] && regions[r][i])
                       from s in Enumerable.Range(0, lengths.Length)
                       select new double[] { r, lengths[s], power[r][s], pixels };
            NumericCsv.Write(parsed.GetRequiredValue(csv), new NumericTable(["region", "scale", "power", "n_pixels"], [.. rows.SelectMany(row => row)]));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>An image of a .npy or FITS file.</summary>
    public static (double[] Values, int Width, int Height) ReadMap(string path)
    {
        if (FitsFile.LooksLikeFits(path))
        {
            var fits = FitsFile.ReadImage(path);
            return (fits.Pixels, fits.Width, fits.Height);
        }
        var array = Npy.Read(path);
        return array.Shape.Length == 2 ? (array.Values, array.Shape[1], array.Shape[0])
            : throw new BadInputException(path, $"an array of shape {array}", "two dimensions [y, x]", "save one image");
    }

    private static bool[] ReadMask(string path, int width, int height)
    {
        var (values, w, h) = ReadMap(path);
        if ((w, h) != (width, height))
            throw new BadInputException(path, $"{w} x {h} pixels", $"{width} x {height} as the image has", "name a mask of the same shape");
        return Array.ConvertAll(values, value => value > 0);
    }

    private static double[] Scales(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale > 0 && double.IsFinite(scale) ? scale
            : throw new BadInputException("--scales", $"'{part}'", "numbers above 0, separated by commas", "write for example 0.1,0.2,0.4"))];
}
