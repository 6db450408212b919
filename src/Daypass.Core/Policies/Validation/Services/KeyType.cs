namespace Daypass.Policies.Validation.Services;

/// <summary>What the values of a condition key are.</summary>
internal enum KeyType
{
    String,
    Arn,
    Numeric,
    Date,
    Bool,
    IpAddress,
}
