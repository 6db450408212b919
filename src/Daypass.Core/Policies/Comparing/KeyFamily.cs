using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Comparing;

/// <summary>How operators read values, and with that which values tell operands apart.</summary>
internal sealed class KeyFamily
{
    /// <summary>The text operators, <c>Arn*</c> and <c>Bool</c>: all are sets of texts.</summary>
    public static readonly KeyFamily Text = new(KeyType.String, _ => []);

    /// <summary><c>Null</c> reads no value.</summary>
    public static readonly KeyFamily Presence = new(KeyType.String, _ => []);

    private static readonly KeyFamily Number = new(KeyType.Numeric, NumberCandidates.Of);
    private static readonly KeyFamily Date = new(KeyType.Date, DateCandidates.Of);
    private static readonly KeyFamily Address = new(KeyType.IpAddress, AddressCandidates.Of);
    private static readonly KeyFamily Bytes = new(KeyType.String, BytesCandidates.Of);

    private readonly KeyType _type;

    private KeyFamily(KeyType type, Func<IReadOnlyList<string>, IReadOnlyList<string>> candidates)
    {
        _type = type;
        Candidates = candidates;
    }

    /// <summary>Values that stand for all that the family can read, by its operands.</summary>
    public Func<IReadOnlyList<string>, IReadOnlyList<string>> Candidates { get; }

    /// <summary>Whether the family reads every value of this type.</summary>
    public bool Reads(KeyType type) => type == _type && type != KeyType.String;

    public static KeyFamily Of(Condition condition) => condition.Name.Operator.Name switch
    {
        "Null" => Presence,
        "BinaryEquals" => Bytes,
        "IpAddress" or "NotIpAddress" => Address,
        var name when name.StartsWith("Numeric", StringComparison.Ordinal) => Number,
        var name when name.StartsWith("Date", StringComparison.Ordinal) => Date,
        _ => Text,
    };

    /// <summary>Those of a condition's texts that have variables which this family replaces.</summary>
    public IEnumerable<string> OpaqueTexts(Condition condition, bool variables) =>
        this == Text && variables ? condition.Values.Where(text => TextPattern.Compile(text, wildcards: false, variables: true).HasVariables) : [];
}
