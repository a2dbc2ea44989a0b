namespace ClusterSurvey.Inference.Posteriors;

/// <summary>A density that goes linearly from one value to another over a unit interval.</summary>
internal static class LinearDensity
{
    /// <summary>The position t in [0, 1] below which lies the fraction <paramref name="probability"/> of the area.</summary>
    public static double Quantile(double left, double right, double probability)
    {
        // a t + (b - a) t^2 / 2 = p (a + b) / 2, solved in the form that does not cancel.
        var root = left + Math.Sqrt(left * left + probability * (right * right - left * left));
        return root > 0 ? Math.Clamp(probability * (left + right) / root, 0, 1) : probability;
    }
}
