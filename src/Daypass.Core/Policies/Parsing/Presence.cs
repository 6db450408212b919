namespace Daypass.Policies.Parsing;

/// <summary>What a policy type says about an element.</summary>
internal enum Presence
{
    Forbidden,
    Optional,
    Required,
}
