namespace Daypass.Policies.Parsing;

/// <summary>What a <see cref="JsonItem"/> is.</summary>
internal enum JsonKind
{
    Null,
    Text,
    Number,
    Boolean,
    Array,
    Object,
}
