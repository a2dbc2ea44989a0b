using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>The four posteriors of golden/diagnostics: 300 cases, 200 draws, 3 parameters.</summary>
internal static class GoldenCalibration
{
    public static CalibrationSet Load(string name)
    {
        var (truths, truthShape) = GoldenTable.Npy(SharedData.Path("golden", "diagnostics", $"{name}_theta.npy"));
        var (draws, drawShape) = GoldenTable.Npy(SharedData.Path("golden", "diagnostics", $"{name}_samples_LxRxd.npy"));
        Assert.Equal([300, 3], truthShape);
        Assert.Equal([200, 300, 3], drawShape);
        return new CalibrationSet(truths, draws, 3);
    }

    public static double[] Csv(string name, string what) => GoldenTable.Csv(SharedData.Path("golden", "diagnostics", $"{name}_{what}.csv"));
}
