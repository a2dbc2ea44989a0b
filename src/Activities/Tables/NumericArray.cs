namespace ClusterSurvey.Activities.Tables;

/// <summary>An array of numbers in C order: the last index runs fastest.</summary>
/// <param name="Values">The numbers, as many as the product of the shape.</param>
/// <param name="Shape">One to three dimensions.</param>
public sealed record NumericArray(double[] Values, int[] Shape)
{
    public override string ToString() => $"({string.Join(" x ", Shape)})";
}
