using System.CommandLine;
using System.Globalization;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Spectra;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>hat: the bare Mexican-hat power of an array.</summary>
internal static class HatCommand
{
    /// <summary>No image is as wide; beyond it lengths leave the range of whole numbers.</summary>
    private const int MostPixels = 1_000_000;

    public static Command Make()
    {
        var image = new Option<string>("--image") { Description = "image (.npy or FITS)", Required = true };
        var mask = new Option<string>("--mask") { Description = "pixels that may be used, above 0 (.npy or FITS)", Required = true };
        var region = new Option<string[]>("--region") { Description = "pixels to average over, above 0 (default: all of the mask); may be repeated" };
        var pixel = new Option<double>("--pixel") { Description = "side of a pixel; its unit is the unit of length", Required = true };
        var scales = new Option<string>("--scales") { Description = "S,S,...: scales in that unit", Required = true };
        var csv = new Option<string>("--csv") { Description = "file for the result: region, scale, power, n_pixels", Required = true };
        var json = CommonOptions.Json();
        var command = new Command("hat", "Measures the Mexican-hat power of an array, in the limit of small epsilon.")
        {
            image, mask, region, pixel, scales, csv, json,
        };
        command.SetAction(parsed =>
        {
            var lengths = Scales(parsed.GetRequiredValue(scales), parsed.GetValue(pixel));
            var (values, width, height) = ReadMap(parsed.GetRequiredValue(image));
            var usable = ReadMask(parsed.GetRequiredValue(mask), width, height);
            var regions = (parsed.GetValue(region) ?? []).Select(path => ReadMask(path, width, height)).ToList();
            if (regions.Count == 0) regions.Add(usable);
            for (var i = 0; i < values.Length; i++)
                if (usable[i] && !double.IsFinite(values[i]))
                    throw new BadInputException($"{parsed.GetRequiredValue(image)} pixel ({i % width}, {i / width})", $"{values[i]}",
                        "finite values wherever the mask allows", "mask the pixel");
            double[][] power;
            try
            {
                power = new MexicanHatFilter(width, height, parsed.GetValue(pixel), usable, lengths).Power(values, regions);
            }
            catch (ArgumentException unfit)
            {
                throw new BadInputException("hat", unfit.InPlainWords(), "an image, a mask and scales that fit together", "see clustersurvey hat --help", unfit);
            }
            var file = parsed.GetRequiredValue(csv);
            var rows = from r in Enumerable.Range(0, regions.Count)
                       let pixels = Enumerable.Range(0, usable.Length).Count(i => usable[i] && regions[r][i])
                       from s in Enumerable.Range(0, lengths.Length)
                       select new double[] { r, lengths[s], power[r][s], pixels };
            NumericCsv.Write(file, new NumericTable(["region", "scale", "power", "n_pixels"], [.. rows.SelectMany(row => row)]));
            if (parsed.GetValue(json))
                Output.Json(new { csv = file, rows = rows.Select(row => new { region = row[0], scale = row[1], power = row[2], n_pixels = row[3] }) });
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

    private static double[] Scales(string text, double pixel)
    {
        if (!(pixel > 0) || !double.IsFinite(pixel))
            throw new BadInputException("--pixel", CsvText.Number(pixel), "a number above 0", "name the side of a pixel");
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => Scale(part, pixel))];
    }

    private static double Scale(string text, double pixel)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) || !(scale > 0) || !double.IsFinite(scale))
            throw new BadInputException("--scales", $"'{text}'", "numbers above 0, separated by commas", "write for example 0.1,0.2,0.4");
        return scale >= pixel && scale <= MostPixels * pixel ? scale
            : throw new BadInputException("--scales", $"{text}, which is {scale / pixel:g3} pixels of {CsvText.Number(pixel)}", $"1 to {MostPixels} pixels",
                "correct the scale, or --pixel: both have the same unit");
    }
}
