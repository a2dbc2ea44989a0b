namespace ClusterSurvey.Inference.Training;

/// <summary>
/// All that the training of a network has at the end of an epoch and cannot make again from its seed; the order of the pairs can be.
/// </summary>
/// <param name="Weights">The live weights.</param>
/// <param name="First">Adam's running mean of the gradient.</param>
/// <param name="Second">Adam's running mean of its square.</param>
/// <param name="Average">The averaged weights.</param>
/// <param name="Best">The averaged weights of the best epoch.</param>
/// <param name="Steps">Steps of Adam taken.</param>
/// <param name="TrainingLoss">Loss of each epoch.</param>
/// <param name="ValidationLoss">Validation loss of each epoch.</param>
/// <param name="BestEpoch">The epoch, from 1, of the lowest validation loss; 0 when none was finite.</param>
internal sealed record TrainingState(
    float[] Weights, float[] First, float[] Second, float[] Average, float[] Best, int Steps, double[] TrainingLoss, double[] ValidationLoss, int BestEpoch)
{
    /// <summary>Epochs done.</summary>
    public int Epochs => TrainingLoss.Length;

    /// <summary>The lowest validation loss.</summary>
    public double BestLoss => BestEpoch == 0 ? double.PositiveInfinity : ValidationLoss[BestEpoch - 1];

    public void Write(BinaryWriter writer)
    {
        foreach (var weights in (float[][])[Weights, First, Second, Average, Best]) Write(writer, weights, writer.Write);
        foreach (var losses in (double[][])[TrainingLoss, ValidationLoss]) Write(writer, losses, writer.Write);
        writer.Write(Steps);
        writer.Write(BestEpoch);
    }

    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static TrainingState Read(BinaryReader reader)
    {
        var weights = new float[5][];
        for (var i = 0; i < weights.Length; i++) weights[i] = Read(reader, reader.ReadSingle);
        var (training, validation) = (Read(reader, reader.ReadDouble), Read(reader, reader.ReadDouble));
        return new TrainingState(weights[0], weights[1], weights[2], weights[3], weights[4], reader.ReadInt32(), training, validation, reader.ReadInt32());
    }

    private static void Write<T>(BinaryWriter writer, T[] values, Action<T> write)
    {
        writer.Write(values.Length);
        foreach (var value in values) write(value);
    }

    private static T[] Read<T>(BinaryReader reader, Func<T> read)
    {
        var values = new T[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++) values[i] = read();
        return values;
    }
}
