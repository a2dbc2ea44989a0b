using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics;
using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Tests.Survey;

public sealed class DerivedPosteriorTests : IDisposable
{
    private static readonly ScaleRange Scales = new(0.1, 1, 8);

    private readonly string folder = Directory.CreateTempSubdirectory("clustersurvey").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Amplitudes_that_were_stored_with_a_posterior_give_the_numbers_of_those_that_are_not_there()
    {
        var store = new ArtifactStore(folder);
        var bare = Posterior(slope: 3.7, spread: 0.2);
        var stored = StoredPosteriors.Load(store, new StoredPosteriors([bare.WithAmplitudes(Scales)]).Save(store)).Of("II")!;
        Assert.NotNull(stored.Amplitudes);
        Assert.Null(StoredPosteriors.Load(store, new StoredPosteriors([bare]).Save(store)).Of("II")!.Amplitudes);
        var (first, second) = (Derived(stored, MachCalibration.Linear), Derived(bare, MachCalibration.Linear));
        Assert.Equal(second.MachNumber, first.MachNumber);
        Assert.Equal(second.SigmaObserved, first.SigmaObserved);
        Assert.Equal(second.HydrostaticBias, first.TurbulentPressureFraction);
        Assert.True(first.SigmaObserved!.Value.Median < Math.Sqrt(first.Clumping!.Value.Median - 1));
    }

    [Fact]
    public void The_selected_calibration_has_the_number_that_it_has_among_all()
    {
        foreach (var calibration in MachCalibration.All)
        {
            var derived = Derived(Posterior(slope: 4, spread: 0.1), calibration);
            Assert.Equal((derived.MachNumber, 1.0), derived.Mach(calibration));
        }
    }

    [Fact]
    public void A_calibration_at_the_peak_has_no_number_where_most_spectra_have_no_peak()
    {
        var (few, share) = Derived(Posterior(slope: 2.7, spread: 0.2), MachCalibration.Linear).Mach(MachCalibration.GaspariChurazov2013);
        Assert.Null(few);
        Assert.InRange(share, 0.01, 0.4);
        var some = Derived(Posterior(slope: 3.1, spread: 0.2), MachCalibration.GaspariChurazov2013);
        Assert.NotNull(some.MachNumber);
        Assert.InRange(some.Mach(MachCalibration.GaspariChurazov2013).Defined, 0.5, 0.95);
    }

    private static DerivedPosterior Derived(RegionPosterior posterior, MachCalibration calibration)
        => new(new Seed(3), posterior, new Kiloparsec(1200), 0.2, Scales.Values(), calibration);

    private static RegionPosterior Posterior(double slope, double spread)
    {
        var stream = new Seed(7).Stream();
        double[] draws = [.. Enumerable.Range(0, 400).SelectMany(_ => new[] { -0.7 + 0.1 * stream.NextNormal(), -0.5 + 0.1 * stream.NextNormal(), slope + spread * stream.NextNormal() })];
        return new RegionPosterior("II", Quantiles.SummarizeColumns(draws, 3), draws, [], ["A85"]);
    }
}
