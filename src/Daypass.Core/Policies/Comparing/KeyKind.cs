namespace Daypass.Policies.Comparing;

/// <summary>What the values of a well-known condition key always are.</summary>
internal enum KeyKind
{
    /// <summary>Any text.</summary>
    Any,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>An ARN.</summary>
    Arn,
}
