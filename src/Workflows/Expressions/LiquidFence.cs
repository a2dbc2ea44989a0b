using DotLiquid;
using DotLiquid.Exceptions;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>
/// Keeps the texts of a template in bounds. The engine limits time and passes of loops, but looks at them only between two
/// pieces of a template: a text that doubles itself fills the memory before that.
/// </summary>
internal static class LiquidFence
{
    /// <summary>The longest text that a template may make, in characters.</summary>
    public const int LongestText = 4_000_000;

    /// <summary>The filters whose results are longer than what they are given; they take the place of the engine's own.</summary>
    public static Type[] Filters { get; } = [typeof(BoundedFilters)];

    public static void RegisterTags() => Template.RegisterTag<BoundedCapture>("capture");

    public static LiquidException TooLong() => new DotLiquid.Exceptions.ArgumentException($"the text is longer than {LongestText} characters");

    private static string Bounded(long length, Func<string> make) => length <= LongestText ? make() : throw TooLong();

    internal static class BoundedFilters
    {
        public static string? Append(string? input, string? end) => input is null ? null : Bounded((long)input.Length + (end?.Length ?? 0), () => input + end);

        public static string? Prepend(string? input, string? start) => input is null ? null : Bounded((long)input.Length + (start?.Length ?? 0), () => start + input);

        public static string? Replace(string? input, string? text, string? by = "")
        {
            if (string.IsNullOrEmpty(input) || string.IsNullOrEmpty(text)) return input;
            long found = 0;
            for (var at = input.IndexOf(text, StringComparison.Ordinal); at >= 0; at = input.IndexOf(text, at + text.Length, StringComparison.Ordinal)) found++;
            return Bounded(input.Length + found * ((by?.Length ?? 0) - text.Length), () => input.Replace(text, by, StringComparison.Ordinal));
        }
    }

    /// <summary>What a template writes.</summary>
    internal sealed class BoundedWriter() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > LongestText) throw TooLong();
        }
    }

    /// <summary>Keeps what stands in it under a name.</summary>
    internal sealed class BoundedCapture : Block
    {
        private string name = "";

        public override void Initialize(string tagName, string markup, List<string> tokens)
        {
            name = markup.Trim().Trim('\'', '"');
            if (name.Length == 0) throw new SyntaxException("capture needs a name");
            base.Initialize(tagName, markup, tokens);
        }

        public override void Render(Context context, TextWriter result)
        {
            using var kept = new BoundedWriter();
            base.Render(context, kept);
            context.Scopes[^1][name] = kept.ToString();
        }
    }
}
