namespace ClusterSurvey.Physics.Morphology;

/// <summary>The Gini coefficient, how unequally light is spread over pixels: 0 when all are equal, near 1 when one has all of it.</summary>
public static class GiniCoefficient
{
    /// <summary>
    /// G = mean over pairs i, j (i = j too) of |x_i - x_j| over twice the mean of x (Lotz et al. 2004, without their n / (n - 1)), from sorted values:
    /// sum (2 i - n + 1) x_i / (n sum x), i from 0.
    /// </summary>
    /// <param name="values">Two or more values with a positive sum, in any order; sorted in place.</param>
    /// <exception cref="ArgumentException">Too few values, or no positive sum.</exception>
    public static double OfSorting(Span<double> values)
    {
        if (values.Length < 2) throw new ArgumentException($"{values.Length} values: a Gini coefficient needs two or more", nameof(values));
        values.Sort();
        var (weighted, sum) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            weighted += (2 * i - values.Length + 1) * values[i];
            sum += values[i];
        }
        if (!(sum > 0)) throw new ArgumentException($"the values sum to {sum:g4}: a Gini coefficient needs a positive sum", nameof(values));
        return weighted / (values.Length * sum);
    }
}
