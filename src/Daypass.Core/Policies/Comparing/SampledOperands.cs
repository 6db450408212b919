using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>
/// Operands that compare stand-ins in place of values: a value of the request is the number of a <see cref="KeyValue"/>. All else about the condition
/// (negation, sets, missing keys) is the engine's.
/// </summary>
internal sealed class SampledOperands(Operands plain, int family, IReadOnlyList<string> opaque, IReadOnlyList<KeyValue> values) : Operands
{
    public override Conditions.Comparison Compare(string value, RequestContext context)
    {
        var sampled = values[int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)];
        var compared = plain.Compare(sampled.Texts[family], context);
        return compared == Conditions.Comparison.No && opaque.Any(sampled.Matched.Contains) ? Conditions.Comparison.Yes : compared;
    }
}
