using ClusterSurvey.Foundation;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// What the error that likelihoods have in common (<see cref="CommonError"/>) does to the mean of a population. It moves the estimates of all objects together, so that no number of objects
/// averages it away, and it looks like no scatter. With S the covariance of the product of all N likelihoods, about 1/N of that of one, the common part of an estimate has the covariance
/// (N - 1) b S, with the b of where the product lies: the product to the power 1 / [1 + (N - 1) b] has the covariance S + (N - 1) b S likewise. Draws of the mean are moved by draws of that error; scatters stay.
/// </summary>
internal static class CommonShift
{
    // How well the covariance of the product need be known: widths to 2 %.
    private const int CovarianceDraws = 2000;

    // A draw at the corner of the range of three parameters finds a place within it in eight trials on average.
    private const int MostTrials = 1000;

    /// <summary>Moves the means, which stay in the range of the cubes.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="draws">Draws row by row; the means come first.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="common">The common error.</param>
    /// <returns>The common error of where the product lies.</returns>
    public static CommonError Move(Seed seed, double[] draws, int width, IReadOnlyList<NamedCube> objects, CommonError common)
    {
        if (common.Share == 0 && common.ByEnds is null) return common;
        var range = objects[0].Cube.Grid;
        var axes = range.Axes;
        var prior = range.ToFlatPrior();
        var sum = LikelihoodCube.Sum([.. objects.Select(one => one.Cube)]);
        var here = common.Of(prior, sum, objects.Count);
        if (here.Share == 0) return here;
        var product = GridPosterior.From(prior, sum).Sample(seed.Derive("product"), CovarianceDraws);
        var root = Covariance(product, axes.Count).Multiply((objects.Count - 1) * here.Share).Cholesky().Factor;
        var stream = seed.Derive("common").Stream();
        Span<double> moved = stackalloc double[axes.Count];
        var normal = Vector<double>.Build.Dense(axes.Count);
        for (var row = 0; row < draws.Length; row += width)
        {
            var mean = draws.AsSpan(row, axes.Count);
            for (var trial = 0; trial < MostTrials; trial++)
            {
                for (var i = 0; i < axes.Count; i++) normal[i] = stream.NextNormal();
                var shift = root * normal;
                var isInside = true;
                for (var i = 0; i < axes.Count; i++)
                {
                    moved[i] = mean[i] + shift[i];
                    isInside &= moved[i] >= axes[i].Low && moved[i] <= axes[i].High;
                }
                if (!isInside) continue;
                moved.CopyTo(mean);
                break;
            }
        }
        return here;
    }

    private static Matrix<double> Covariance(double[] draws, int width)
    {
        var values = Matrix<double>.Build.Dense(draws.Length / width, width, (row, column) => draws[row * width + column]);
        var centred = values - Vector<double>.Build.Dense(values.RowCount, 1).OuterProduct(values.ColumnSums() / values.RowCount);
        return centred.TransposeThisAndMultiply(centred) / (values.RowCount - 1);
    }
}
