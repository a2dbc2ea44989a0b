namespace ClusterSurvey.Physics.Conversions;

public class MachCalibrationTests
{
    private static readonly FluctuationAmplitude Typical = new(0.23, 0.14, new Kiloparsec(500), 0.5);

    [Fact]
    public void The_linear_relation_gives_the_value_of_CHEX_MATE()
    {
        var mach = MachCalibration.Linear.Apply(Typical);
        Assert.Equal(0.398, mach.Value, 0.001);
        Assert.Equal(0.199, MachCalibration.Linear.ScatterAt(Typical), 0.001);
    }

    [Fact]
    public void Gaspari_and_Churazov_need_the_peak_and_the_scale()
    {
        Assert.Equal(0.56, MachCalibration.GaspariChurazov2013.Apply(Typical).Value, 1e-12);
        Assert.Equal(0.28, MachCalibration.GaspariChurazov2013.Apply(Typical with { InjectionScale = new Kiloparsec(8000) }).Value, 1e-12);
        Assert.True(double.IsNaN(MachCalibration.GaspariChurazov2013.Apply(Typical with { PeakAmplitude = double.NaN }).Value));
    }

    [Fact]
    public void Unrelaxed_clusters_have_a_lower_Mach_number_for_the_same_fluctuation() =>
        Assert.Equal(MachCalibration.Zhuravleva2023Relaxed.Apply(Typical).Value / 1.3, MachCalibration.Zhuravleva2023Unrelaxed.Apply(Typical).Value, 1e-12);

    // A field of median 1 with this standard deviation: sigma_LN = 0.2249, xi = 0.2300; 0.06 + 0.055 + 0.0805 in one dimension.
    [Fact]
    public void The_sum_form_uses_radius_and_log_normal_width()
    {
        Assert.Equal(1.0227, Typical.LogNormalWidth / Typical.LogNormalSigma, 0.00005);
        var variance = Typical.LogNormalSigma * Typical.LogNormalSigma;
        Assert.Equal(0.23 * 0.23, Math.Exp(variance) * (Math.Exp(variance) - 1), 1e-12);
        var mach = MachCalibration.Named("zhuravleva_2023_pressure_sum_relaxed").Apply(Typical);
        Assert.Equal(0.06 + 0.11 * 0.5 + 0.35 * Typical.LogNormalWidth, mach.OneDimensional, 1e-12);
    }

    [Fact]
    public void Sum_and_product_forms_agree_in_relaxed_clusters()
    {
        var sum = MachCalibration.Named("zhuravleva_2023_pressure_sum_relaxed").Apply(Typical).Value;
        var product = MachCalibration.Named("zhuravleva_2023_pressure_product_relaxed").Apply(Typical).Value;
        Assert.Equal(1, product / sum, 0.05);
    }

    [Fact]
    public void Mohapatra_inverts_its_own_relation()
    {
        var mach = MachCalibration.Mohapatra2020.Apply(Typical).Value;
        var logNormalVariance = Math.Log(1 + Math.Pow(mach, 4) * Math.Pow(5.0 / 9, 2));
        Assert.Equal(Typical.LogNormalSigma, Math.Sqrt(logNormalVariance), 1e-12);
    }

    [Fact]
    public void Every_calibration_is_found_by_its_name_and_says_where_it_comes_from()
    {
        Assert.Equal(MachCalibration.All.Count, MachCalibration.All.Select(calibration => calibration.Name).Distinct().Count());
        Assert.All(MachCalibration.All, calibration =>
        {
            Assert.Same(calibration, MachCalibration.Named(calibration.Name));
            Assert.NotEmpty(calibration.Citation);
            var mach = calibration.Apply(Typical);
            Assert.InRange(mach.Value, 0.1, 1.2);
            Assert.InRange(calibration.ScatterAt(Typical), 0, mach.Value);
        });
    }

    [Fact]
    public void An_unknown_name_is_answered_with_those_that_exist()
    {
        var error = Assert.Throws<ArgumentException>(() => MachCalibration.Named("zhuravleva"));
        Assert.Contains("zhuravleva_2014", error.Message, StringComparison.Ordinal);
    }
}
