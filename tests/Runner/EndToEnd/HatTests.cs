using System.Globalization;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class HatTests
{
    private const int Side = 512;
    private const double PixelR500 = 3.0 / Side;

    [Fact]
    public void The_power_of_an_array_is_that_of_the_golden_fluctuation_map()
    {
        using var folder = new ScratchFolder();
        string Golden(string file) => SharedData.Path("golden", "fluctuation-map", file);
        var (counts, model, mask) = (Npy.Read(Golden("counts_0.npy")).Values, Npy.Read(Golden("lam0.npy")).Values, Npy.Read(Golden("mask.npy")).Values);
        Npy.Write(folder["image.npy"], counts.Zip(model, (count, expected) => count / expected).Select((ratio, i) => mask[i] > 0 ? ratio : 0).ToArray(), Side, Side);
        var scales = File.ReadAllText(Golden("scales_R500.csv")).Split((char[])['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries);
        List<string> arguments = ["hat", "--image", folder["image.npy"], "--mask", Golden("mask.npy"), "--pixel", PixelR500.ToString("R", CultureInfo.InvariantCulture), "--scales", string.Join(',', scales), "--csv", folder["power.csv"]];
        for (var annulus = 0; annulus < 4; annulus++)
        {
            Npy.Write(folder[$"region {annulus}.npy"], Annulus(annulus / 4.0, (annulus + 1) / 4.0), Side, Side);
            arguments.AddRange(["--region", folder[$"region {annulus}.npy"]]);
        }
        var told = SurveyProgram.Run([.. arguments, "--json"]).Expect(0).Json;

        Assert.Equal("region,scale,power,n_pixels", File.ReadLines(folder["power.csv"]).First());
        var power = NumericCsv.Read(folder["power.csv"]);
        var golden = File.ReadLines(Golden("golden_padded.csv")).Select(line => line.Split(',')).Where(cells => cells[1] == "counts").Select(cells => double.Parse(cells[6], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4 * scales.Length, power.RowCount);
        Assert.Equal(power[17, 2], told["rows"]![17]!["power"]!.GetValue<double>());
        Assert.Equal([5720, 16818, 28265, 39974], Enumerable.Range(0, 4).Select(annulus => (int)power[annulus * scales.Length, 3]));
        // Two grids of padding agree to 5e-6; the table is good to 1e-5.
        for (var row = 0; row < power.RowCount; row++) Assert.Equal(1, power[row, 2] / golden[row], 1e-5);
    }

    private static double[] Annulus(double inner, double outer) => [.. Enumerable.Range(0, Side * Side).Select(pixel =>
    {
        var radius = PixelR500 * Math.Sqrt(Math.Pow(pixel % Side - 255.5, 2) + Math.Pow(pixel / Side - 255.5, 2));
        return radius >= inner && radius < outer ? 1.0 : 0;
    })];
}
