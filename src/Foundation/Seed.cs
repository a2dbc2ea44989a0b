using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterSurvey.Foundation;

/// <summary>
/// The origin of every random number. A seed for a piece of work is derived from the run's seed by the
/// path that names the work, <c>seed.Derive("A2142").Derive("region:II").Derive("train")</c>, so that
/// results depend neither on the order nor on the place in which the work is done.
/// </summary>
/// <param name="Value">The 64 bits of the seed.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The seed of the part called <paramref name="name"/>: the first 64 bits of SHA-256(value, name).</summary>
    public Seed Derive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new byte[8 + Encoding.UTF8.GetByteCount(name)];
        BinaryPrimitives.WriteUInt64LittleEndian(text, Value);
        Encoding.UTF8.GetBytes(name, text.AsSpan(8));
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text, hash);
        return new Seed(BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }

    /// <summary>The seed of the part with this number, the same as deriving by its decimal digits.</summary>
    public Seed Derive(long index) => Derive(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>A fresh stream of random numbers that starts at this seed.</summary>
    public RandomStream Stream() => new(this);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
