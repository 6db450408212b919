using Daypass.Service.Pipeline;

namespace Daypass.Service.Mfa;

/// <summary>What a call of STS shows beside its signature; either part may be missing, which the caller is told once it is proven.</summary>
internal sealed record SecondFactor(string? SerialNumber, string? TokenCode)
{
    /// <summary>The wire parameter that never reaches the trail.</summary>
    public const string Secret = "TokenCode";

    /// <summary>Null when the call shows none.</summary>
    public static SecondFactor? Read(Parameters wire)
    {
        var (serialNumber, tokenCode) = (wire.Text("SerialNumber", TextRules.SerialNumber), wire.Text(Secret, TextRules.TokenCode));
        return serialNumber is null && tokenCode is null ? null : new SecondFactor(serialNumber, tokenCode);
    }
}
